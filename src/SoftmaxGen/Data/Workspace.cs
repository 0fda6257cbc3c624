namespace SoftmaxGen.Data;

/// <summary>
/// The vectors of a training, kept from one training to the next: a training takes the same vectors in the same order as the one before it on the
/// same set and so allocates none. One training at a time.
/// </summary>
internal sealed class Workspace
{
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
}
