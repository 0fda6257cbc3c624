namespace SoftmaxGen.Data;

/// <summary>
/// The vectors of a training, kept from one training to the next: a training takes the same vectors in the same order as the one before it on the
/// same set and so allocates none. One training at a time.
/// </summary>
internal sealed class Workspace
{
    // What a shared workspace may keep alive: the vectors of any training that takes microseconds.
    private const int MostSharedElements = 8192;

    private static Workspace? _shared;

    private readonly List<double[]> _vectors = [];
    private readonly List<TrainingProgress> _history = [];
    private int _taken;

    /// <summary>Takes a vector of zeros, which is the taker's until the workspace is reset.</summary>
    /// <param name="length">Its length.</param>
    /// <returns>The vector.</returns>
    public double[] Take(int length)
    {
        int index = _taken++;
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

    /// <summary>Takes the list of a training's iterations, empty.</summary>
    /// <returns>The list.</returns>
    public List<TrainingProgress> TakeHistory()
    {
        _history.Clear();
        return _history;
    }

    /// <summary>Takes everything back.</summary>
    public void Reset() => _taken = 0;

    /// <summary>Takes the workspace that a training set left behind, or makes one.</summary>
    /// <returns>The workspace.</returns>
    public static Workspace TakeShared() => Interlocked.Exchange(ref _shared, null) ?? new Workspace();

    /// <summary>
    /// Leaves the workspace to the next training set, unless it is large. A training of some microseconds would wait for fresh memory, which is in no cache.
    /// </summary>
    public void Share()
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
