namespace SoftmaxGen.Data;

/// <summary>
/// The change of variables between the weights <c>V</c> of standardised features <c>(x - mean) / deviation</c> and the weights
/// <c>W</c> of raw features: <c>W_jk = V_jk / deviation_k</c> and <c>W_j0 = V_j0 - sum_k W_jk mean_k</c>. The optimiser moves
/// <c>V</c>; the rows themselves stay as they are, so the loss is that of the model which is returned in the end.
/// </summary>
internal sealed class Standardization
{
    private readonly double[] _means;
    private readonly double[] _inverseDeviations;

    /// <summary>Initializes a new instance of the <see cref="Standardization"/> class.</summary>
    /// <param name="means">The mean of each feature.</param>
    /// <param name="deviations">
    /// The deviation of each feature (divisor n); 0 for a constant feature, whose weight then stays 0. So does that of a feature which
    /// deviates so little that the inverse overflows.
    /// </param>
    public Standardization(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        _means = means.ToArray();
        _inverseDeviations = new double[deviations.Length];
        for (int k = 0; k < deviations.Length; k++)
        {
            double inverse = 1 / deviations[k];
            _inverseDeviations[k] = double.IsFinite(inverse) ? inverse : 0;
        }
    }

    /// <summary>Turns weights of standardised features into weights of raw features, in place.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    public void FoldWeights(Span<double> weights)
    {
        for (int row = 0; row < weights.Length; row += _means.Length + 1)
        {
            Span<double> w = weights.Slice(row, _means.Length + 1);
            for (int k = 0; k < _means.Length; k++)
            {
                w[k + 1] *= _inverseDeviations[k];
                w[0] -= w[k + 1] * _means[k];
            }
        }
    }

    /// <summary>Turns a gradient by raw weights into the gradient by weights of standardised features (the transposed map), in place.</summary>
    /// <param name="gradient">The gradient, <c>C x (m+1)</c>, row-major.</param>
    public void FoldGradient(Span<double> gradient)
    {
        for (int row = 0; row < gradient.Length; row += _means.Length + 1)
        {
            Span<double> g = gradient.Slice(row, _means.Length + 1);
            for (int k = 0; k < _means.Length; k++)
            {
                g[k + 1] = (g[k + 1] - (_means[k] * g[0])) * _inverseDeviations[k];
            }
        }
    }
}
