namespace SoftmaxGen.Online;

/// <summary>
/// What the weights that a learner starts with stand for: the curvature of the loss of so many rows whose features are uncorrelated and of scale 1,
/// <c>rows * (diag(q) - q q^T)</c> over the classes for each column. The inverse, which the contrasts with class 0 need, is <c>(diag(1/q) + 1/q_0) / rows</c>.
/// </summary>
internal sealed class Evidence
{
    private readonly double[] _shares;
    private double _rows;

    /// <summary>Initializes a new instance of the <see cref="Evidence"/> class.</summary>
    /// <param name="classes">The number of classes, <c>C</c>.</param>
    public Evidence(int classes)
    {
        _shares = new double[classes];
    }

    /// <summary>Gets the number of classes.</summary>
    public int Classes => _shares.Length;

    /// <summary>
    /// Sets the evidence to that of <paramref name="rows"/> rows which are predicted as some others are: <c>q</c> is the mean prediction of those, and since
    /// the variance of a label given its row is less than without, the rows count less by the ratio of <c>mean(1 - sum p^2)</c> to <c>1 - sum q^2</c>.
    /// One more row, predicted by no feature, keeps both from 0.
    /// </summary>
    /// <param name="rows">The rows that the weights stand for.</param>
    /// <param name="predictionSums">The sum of the predicted probabilities of each class.</param>
    /// <param name="varianceSum">The sum of <c>1 - sum p^2</c>.</param>
    /// <param name="count">The number of rows in the sums.</param>
    public void Set(double rows, ReadOnlySpan<double> predictionSums, double varianceSum, double count)
    {
        double uniform = 1.0 / _shares.Length;
        double whole = 1;
        for (int j = 0; j < _shares.Length; j++)
        {
            _shares[j] = (predictionSums[j] + uniform) / (count + 1);
            whole -= _shares[j] * _shares[j];
        }

        double within = (varianceSum + 1 - uniform) / (count + 1);
        _rows = rows * within / whole;
    }

    /// <summary>Gets the variance of a contrast's weight, or the covariance of two, of the same column.</summary>
    /// <param name="j">A class, at least 1.</param>
    /// <param name="l">A class, at least 1.</param>
    /// <returns>The covariance.</returns>
    public double Covariance(int j, int l) => ((j == l ? 1 / _shares[j] : 0) + (1 / _shares[0])) / _rows;

    /// <summary>Gets the curvature by the weights of two contrasts, of the same column: the inverse of <see cref="Covariance"/>.</summary>
    /// <param name="j">A class, at least 1.</param>
    /// <param name="l">A class, at least 1.</param>
    /// <returns>The curvature.</returns>
    public double CurvatureOfContrasts(int j, int l) => _rows * _shares[j] * ((j == l ? 1 : 0) - _shares[l]);

    /// <summary>Gets the curvature by the weight of a class, by itself: the diagonal of the matrix.</summary>
    /// <param name="j">The class.</param>
    /// <returns>The curvature.</returns>
    public double Curvature(int j) => _rows * _shares[j] * (1 - _shares[j]);

    /// <summary>Writes or reads the evidence.</summary>
    /// <param name="state">The pass over the state.</param>
    public void Exchange(IStateExchange state)
    {
        state.Numbers(_shares);
        state.Numbers(new Span<double>(ref _rows));
    }
}
