namespace SoftmaxGen.Online;

/// <summary>The last few rows, kept until there are enough of them to tell the scale of a feature by.</summary>
/// <param name="features">The number of features, <c>m</c>.</param>
/// <param name="classes">The number of classes, <c>C</c>.</param>
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
    /// <param name="row">The row.</param>
    /// <returns>Its <c>m</c> features.</returns>
    public ReadOnlySpan<double> Features(int row) => _features.AsSpan(row * features, features);

    /// <summary>Gets the class of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The index of its class.</returns>
    public int Label(int row) => (int)_labels[row];

    /// <summary>Gets the values of a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>Its values, which the caller may change.</returns>
    public Span<double> Column(int feature)
    {
        for (int row = 0; row < Capacity; row++)
        {
            _column[row] = _features[(row * features) + feature];
        }

        return _column;
    }

    /// <summary>Keeps a row.</summary>
    /// <param name="row">Its <c>m</c> features.</param>
    /// <param name="y">The index of its class.</param>
    public void Add(ReadOnlySpan<double> row, int y)
    {
        row.CopyTo(_features.AsSpan((int)_count * features));
        _labels[_count] = y;
        _count++;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _count = 0;

    /// <summary>Writes or reads the rows.</summary>
    /// <param name="state">The pass over the state.</param>
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
