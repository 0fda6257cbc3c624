namespace SoftmaxGen.Online;

/// <summary>
/// The first rows of a stream, kept until there are enough to tell the scales of the features by. Nothing is learned meanwhile; then the kept rows are, in
/// their order.
/// </summary>
/// <param name="features">The number of features, <c>m</c>.</param>
/// <param name="classes">The number of classes, <c>C</c>.</param>
internal sealed class WarmUp(int features, int classes)
{
    /// <summary>The number of rows that are kept.</summary>
    public const int Rows = 64;

    private readonly double[] _features = new double[Rows * features];
    private readonly double[] _labels = new double[Rows];
    private readonly double[] _column = new double[Rows];
    private readonly double[] _predictionSums = new double[classes];
    private double _varianceSum;
    private long _count;

    /// <summary>Gets a value indicating whether there are enough rows.</summary>
    public bool IsOver => _count == Rows;

    /// <summary>Gets the features of a kept row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its <c>m</c> features.</returns>
    public ReadOnlySpan<double> Features(int row) => _features.AsSpan(row * features, features);

    /// <summary>Gets the class of a kept row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The index of its class.</returns>
    public int Label(int row) => (int)_labels[row];

    /// <summary>Keeps a row.</summary>
    /// <param name="row">Its <c>m</c> features.</param>
    /// <param name="y">The index of its class.</param>
    /// <param name="probabilities">How the start predicts it.</param>
    public void Keep(ReadOnlySpan<double> row, int y, ReadOnlySpan<double> probabilities)
    {
        row.CopyTo(_features.AsSpan((int)_count * features));
        _labels[_count] = y;
        _varianceSum++;
        for (int j = 0; j < probabilities.Length; j++)
        {
            _predictionSums[j] += probabilities[j];
            _varianceSum -= probabilities[j] * probabilities[j];
        }

        _count++;
    }

    /// <summary>Measures the kept rows.</summary>
    /// <param name="scales">Receives the scales of the features.</param>
    /// <param name="evidence">Receives the evidence for the start.</param>
    /// <param name="rows">The rows that the start stands for.</param>
    public void Measure(FeatureScales scales, Evidence evidence, double rows)
    {
        scales.Measure(_features, _column);
        evidence.Set(rows, _predictionSums, _varianceSum, Rows);
    }

    /// <summary>Writes or reads the kept rows.</summary>
    /// <param name="state">The pass over the state.</param>
    public void Exchange(IStateExchange state)
    {
        state.Count(ref _count);
        state.Numbers(_features);
        state.Numbers(_labels);
        if (_count > Rows || _labels.AsSpan().ContainsAnyExceptInRange(0, _predictionSums.Length - 1))
        {
            throw new ModelFormatException("The rows that the learner keeps are not valid.");
        }

        state.Numbers(_predictionSums);
        state.Numbers(new Span<double>(ref _varianceSum));
    }
}
