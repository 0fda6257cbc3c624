namespace SoftmaxGen.Online;

/// <summary>
/// What the weights that a learner starts with stand for: the curvature of the loss of so many rows whose features are uncorrelated and of scale 1,
/// <c>rows * (diag(q) - q q^T)</c> over the classes for each column. The inverse, which the contrasts with class 0 need, is <c>(diag(1/q) + 1/q_0) / rows</c>.
/// </summary>
internal sealed class Evidence
{
    private readonly double[] _shares;
    private double _rows;

    // What was added; not needed once the evidence is set.
    private readonly double[] _sums;
    private double _variance;
    private double _count;

    public Evidence(int classes)
    {
        _shares = new double[classes];
        _sums = new double[classes];
        Clear();
    }

    /// <summary>Gets the number of classes.</summary>
    public int Classes => _shares.Length;

    /// <summary>Begins anew, with one row that is predicted to be any class alike: it keeps the evidence from 0.</summary>
    public void Clear()
    {
        _sums.AsSpan().Fill(1.0 / _sums.Length);
        _variance = 1 - (1.0 / _sums.Length);
        _count = 1;
    }

    /// <summary>Adds the prediction of a row.</summary>
    public void Add(ReadOnlySpan<double> probabilities)
    {
        double variance = 1;
        for (int j = 0; j < _sums.Length; j++)
        {
            variance -= probabilities[j] * probabilities[j];
        }

        Add(probabilities, Math.Max(0, variance), 1);
    }

    /// <summary>Adds the predictions of rows.</summary>
    /// <param name="predictionSums">The sum of the probabilities of each class.</param>
    /// <param name="variance">The sum of <c>1 - sum p^2</c>.</param>
    /// <param name="count">The number of rows.</param>
    public void Add(ReadOnlySpan<double> predictionSums, double variance, double count)
    {
        for (int j = 0; j < _sums.Length; j++)
        {
            _sums[j] += predictionSums[j];
        }

        _variance += variance;
        _count += count;
    }

    /// <summary>
    /// Sets the evidence to that of rows which are predicted as the added ones are: <c>q</c> is the mean prediction of those, and since the variance of a
    /// label given its row is less than without, the rows count less by the ratio of <c>mean(1 - sum p^2)</c> to <c>1 - sum q^2</c>.
    /// </summary>
    public void Set(double rows)
    {
        double whole = 1;
        for (int j = 0; j < _shares.Length; j++)
        {
            _shares[j] = _sums[j] / _count;
            whole -= _shares[j] * _shares[j];
        }

        _rows = rows * (_variance / _count) / whole;
    }

    /// <summary>Gets the variance of a contrast's weight, or the covariance of two, of the same column.</summary>
    public double Covariance(int j, int l) => ((j == l ? 1 / _shares[j] : 0) + (1 / _shares[0])) / _rows;

    /// <summary>Gets the curvature by the weights of two contrasts, of the same column: the inverse of <see cref="Covariance"/>.</summary>
    public double CurvatureOfContrasts(int j, int l) => _rows * _shares[j] * ((j == l ? 1 : 0) - _shares[l]);

    /// <summary>Gets the curvature by the weight of a class, by itself: the diagonal of the matrix.</summary>
    public double Curvature(int j) => _rows * _shares[j] * (1 - _shares[j]);

    /// <summary>Writes or reads the evidence.</summary>
    public void Exchange(IStateExchange state)
    {
        state.Numbers(_shares);
        state.Numbers(new Span<double>(ref _rows));
    }
}
