namespace SoftmaxGen.Data;

/// <summary>
/// What soft labels change. The loss of a row with targets <c>q</c> is <c>logsumexp(S) - sum_j q_j S_j</c>, linear in them, so that it is the loss of the row
/// labelled <c>y</c> plus <c>sum_j ([j == y] - q_j) S_j</c>. Summed over the rows that is <c>&lt;W, D></c> with the constant
/// <c>D_j = sum_i w_i ([j == y_i] - q_ij) x_i</c>: the kernels run on hard labels, and <c>D</c> is added to their gradient. It is exact; digits are lost only
/// where <c>&lt;W, D></c> is large against the loss, which it is a part of.
/// <para>
/// <c>D</c> is summed from centred features. In <c>&lt;W, D></c> the mean of a feature is multiplied by the whole column of the bias, once, and a large
/// mean costs no more digits than it costs the scores.
/// </para>
/// </summary>
/// <param name="means">The means of the <c>m</c> features.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class LabelCorrection(double[] means, int classes)
{
    private readonly double[] _sums = new double[classes * (means.Length + 1)];

    /// <summary>Gets a value indicating whether any label is soft.</summary>
    public bool IsNeeded { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="share">The row's part in the sum of all weights.</param>
    /// <param name="targets">Its <c>C</c> targets.</param>
    /// <param name="label">The class it has for the kernels.</param>
    /// <param name="features">Its <c>m</c> features.</param>
    public void Add(double share, ReadOnlySpan<double> targets, int label, ReadOnlySpan<double> features)
    {
        int columns = means.Length + 1;
        for (int j = 0; j < targets.Length; j++)
        {
            double residual = share * ((j == label ? 1 : 0) - targets[j]);
            if (residual == 0)
            {
                continue;
            }

            IsNeeded = true;
            Span<double> sums = _sums.AsSpan(j * columns, columns);
            sums[0] += residual;
            for (int k = 0; k < features.Length; k++)
            {
                sums[k + 1] += residual * (features[k] - means[k]);
            }
        }
    }

    /// <summary>Adds <c>D</c> to the gradient of the mean loss.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">The gradient to add to.</param>
    /// <returns>What to add to the mean loss.</returns>
    public double AddTo(ReadOnlySpan<double> weights, Span<double> gradient)
    {
        double correction = 0;
        int columns = means.Length + 1;
        for (int row = 0; row < weights.Length; row += columns)
        {
            double atMeans = weights[row];
            for (int k = 1; k < columns; k++)
            {
                atMeans += weights[row + k] * means[k - 1];
                correction += weights[row + k] * _sums[row + k];
                gradient[row + k] += _sums[row + k] + (means[k - 1] * _sums[row]);
            }

            correction += atMeans * _sums[row];
            gradient[row] += _sums[row];
        }

        return correction;
    }
}
