namespace SoftmaxGen.Online;

/// <summary>The last few rows, kept until there are enough of them to tell the scale of a feature by.</summary>
internal sealed class KeptRows(int features, int classes)
{
    /// <summary>The number of rows that are enough.</summary>
    public const int Capacity = 64;

    private readonly double[] _features = new double[Capacity * features];
    private readonly double[] _labels = new double[Capacity];
    private readonly double[] _column = new double[Capacity];
    private long _count;

    /// <summary>Gets a value indicating whether there is no row.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Gets a value indicating whether there are enough rows.</summary>
    public bool IsFull => _count == Capacity;

    /// <summary>Gets the features of a row.</summary>
    public ReadOnlySpan<double> Features(int row) => _features.AsSpan(row * features, features);

    /// <summary>Gets the class of a row.</summary>
    public int Label(int row) => (int)_labels[row];

    /// <summary>Gets the values of a feature.</summary>
    public Span<double> Column(int feature)
    {
        for (int row = 0; row < Capacity; row++)
        {
            _column[row] = _features[(row * features) + feature];
        }

        return _column;
    }

    /// <summary>Keeps a row.</summary>
    public void Add(ReadOnlySpan<double> row, int y)
    {
        row.CopyTo(_features.AsSpan((int)_count * features));
        _labels[_count] = y;
        _count++;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _count = 0;

    /// <summary>Writes or reads the rows.</summary>
    /// <exception cref="ModelFormatException">What was read are no rows.</exception>
    public void Exchange(IStateExchange state)
    {
        state.Count(ref _count);
        state.Numbers(_features);
        state.Numbers(_labels);
        if (_count > Capacity || _labels.AsSpan().ContainsAnyExceptInRange(0, classes - 1))
        {
            throw new ModelFormatException("The rows that the learner keeps are not valid.");
        }
    }
}
