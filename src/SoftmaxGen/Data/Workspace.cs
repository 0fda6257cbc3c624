namespace SoftmaxGen.Data;

/// <summary>
/// The vectors of a training, kept from one training to the next: a training rents the same vectors in the same order as the one before it on the
/// same set and so allocates none. One training at a time.
/// </summary>
internal sealed class Workspace
{
    // What a shared workspace may keep alive: the vectors of any training that takes microseconds.
    private const int MostSharedElements = 8192;

    private static Workspace? _shared;

    private readonly List<double[]> _vectors = [];
    private readonly List<TrainingProgress> _history = [];
    private int _rented;

    /// <summary>Rents a vector of zeros, until all that was rented is returned.</summary>
    public double[] Rent(int length)
    {
        int index = _rented++;
        if (index == _vectors.Count)
        {
            _vectors.Add(new double[length]);
        }
        else if (_vectors[index].Length != length)
        {
            _vectors[index] = new double[length];
        }
        else
        {
            Array.Clear(_vectors[index]);
        }

        return _vectors[index];
    }

    /// <summary>Rents the list of a training's iterations, empty.</summary>
    public List<TrainingProgress> RentHistory()
    {
        _history.Clear();
        return _history;
    }

    /// <summary>Takes back all that was rented.</summary>
    public void ReturnAll() => _rented = 0;

    /// <summary>Rents the workspace that a training set returned for others, or makes one.</summary>
    public static Workspace RentShared() => Interlocked.Exchange(ref _shared, null) ?? new Workspace();

    /// <summary>
    /// Returns the workspace for the next training set, unless it is large. A training of some microseconds would wait for fresh memory, which is in no cache.
    /// </summary>
    public void ReturnShared()
    {
        int elements = _history.Capacity;
        foreach (double[] vector in _vectors)
        {
            elements += vector.Length;
        }

        if (elements <= MostSharedElements)
        {
            Volatile.Write(ref _shared, this);
        }
    }
}
