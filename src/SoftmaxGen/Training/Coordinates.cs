using SoftmaxGen.Data;

namespace SoftmaxGen.Training;

/// <summary>
/// The change of variables between the weights <c>W</c> of raw features and the coordinates <c>V</c> in which the optimiser moves:
/// <c>V_jk = d_k W_jk</c> and <c>V_j0 = W_j0 + sum_k mean_k W_jk</c>. The features are thereby centred and scaled so that the objective curves alike
/// in every direction, while the rows themselves stay as they are: the loss is that of the model which is returned in the end.
/// <para>
/// The penalty acts on <c>U_jk = u_k V_jk</c>. Standardising, these are the weights of standardised features: <c>d_k</c> is the deviation and
/// <c>u_k = 1</c>. Otherwise they are the raw weights: <c>u_k = 1 / d_k</c>, and <c>d_k^2 = deviation_k^2 + l2 / h</c> makes the diagonal of the
/// Hessian at zero weights, <c>(h deviation_k^2 + l2) / d_k^2</c>, constant; there <c>h = p (1 - p)</c> with <c>p = 1/C</c>.
/// </para>
/// </summary>
internal sealed class Coordinates
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _inverseScales;
    private readonly bool _standardize;

    private Coordinates(double[] means, double[] scales, bool standardize)
    {
        _means = means;
        _scales = scales;
        _standardize = standardize;
        _inverseScales = new double[scales.Length];
        for (int k = 0; k < scales.Length; k++)
        {
            // A constant feature keeps weight 0: the bias does its work without a penalty. So does one whose scale is too small to invert.
            double inverse = 1 / scales[k];
            _inverseScales[k] = double.IsFinite(inverse) ? inverse : 0;
        }
    }

    private int RowLength => _means.Length + 1;

    /// <summary>Chooses the coordinates of a training.</summary>
    /// <param name="moments">The moments of the features.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="l2">The strength of the penalty.</param>
    /// <param name="standardize">Whether the penalty acts on the weights of standardised features.</param>
    /// <returns>The coordinates.</returns>
    public static Coordinates Choose(ColumnMoments moments, int classes, double l2, bool standardize)
    {
        if (standardize)
        {
            return new Coordinates(moments.Means, moments.Deviations, standardize);
        }

        double curvature = (classes - 1) / ((double)classes * classes);
        double[] scales = [.. moments.Deviations.Select(deviation => Math.Sqrt((deviation * deviation) + (l2 / curvature)))];
        return new Coordinates(moments.Means, scales, standardize);
    }

    /// <summary>Gets <c>u_k</c>: how much of the coordinate of a feature the penalty sees.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>The factor.</returns>
    public double PenaltyFactor(int feature) => _standardize ? 1 : _inverseScales[feature];

    /// <summary>Turns a point <c>V</c> into the weights <c>W</c> of raw features, in place.</summary>
    /// <param name="point">The point, <c>C x (m+1)</c>, row-major.</param>
    public void ToWeights(Span<double> point)
    {
        for (int row = 0; row < point.Length; row += RowLength)
        {
            Span<double> w = point.Slice(row, RowLength);
            for (int k = 0; k < _means.Length; k++)
            {
                w[k + 1] *= _inverseScales[k];
                w[0] -= w[k + 1] * _means[k];
            }
        }
    }

    /// <summary>
    /// Turns the weights <c>W</c> of raw features into the point <c>V</c>, in place: the inverse of <see cref="ToWeights"/>, but that the weight of a
    /// constant feature becomes part of the bias.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    public void ToPoint(Span<double> weights)
    {
        for (int row = 0; row < weights.Length; row += RowLength)
        {
            Span<double> v = weights.Slice(row, RowLength);
            for (int k = 0; k < _means.Length; k++)
            {
                v[0] += v[k + 1] * _means[k];
                v[k + 1] = _inverseScales[k] == 0 ? 0 : v[k + 1] * _scales[k];
            }
        }
    }

    /// <summary>Turns a Hessian by <c>W</c> into the Hessian by <c>V</c>, in place: the map of gradients, applied to the rows and to the columns.</summary>
    /// <param name="hessian">The Hessian, <c>P x P</c>, row-major, of which the lower triangle is read; receives the whole of the other.</param>
    /// <param name="parameters">The number of parameters, <c>P</c>.</param>
    public void ToHessian(Span<double> hessian, int parameters)
    {
        for (int row = 0; row < parameters; row++)
        {
            for (int column = row + 1; column < parameters; column++)
            {
                hessian[(row * parameters) + column] = hessian[(column * parameters) + row];
            }
        }

        ToGradient(hessian);
        for (int row = 0; row < parameters; row++)
        {
            for (int column = row + 1; column < parameters; column++)
            {
                ref double upper = ref hessian[(row * parameters) + column];
                ref double lower = ref hessian[(column * parameters) + row];
                (upper, lower) = (lower, upper);
            }
        }

        ToGradient(hessian);
    }

    /// <summary>Turns a gradient by <c>W</c> into the gradient by <c>V</c>, the transposed map, in place.</summary>
    /// <param name="gradient">The gradient, <c>C x (m+1)</c>, row-major.</param>
    public void ToGradient(Span<double> gradient)
    {
        for (int row = 0; row < gradient.Length; row += RowLength)
        {
            Span<double> g = gradient.Slice(row, RowLength);
            for (int k = 0; k < _means.Length; k++)
            {
                g[k + 1] = (g[k + 1] - (_means[k] * g[0])) * _inverseScales[k];
            }
        }
    }

    /// <summary>
    /// Finds the largest magnitude of a gradient by the weights that the penalty acts on: those of standardised features, or the raw ones. With an
    /// L1 penalty it is that of the subgradient nearest to zero, which is 0 exactly where the conditions of Karush, Kuhn and Tucker hold.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major; only its signs matter, and only with an L1 penalty.</param>
    /// <param name="gradient">The gradient of the smooth part by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="l1">The strength of the L1 penalty.</param>
    /// <returns>The norm; NaN when an element is NaN.</returns>
    public double GradientNorm(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, double l1)
    {
        double largest = 0;
        for (int row = 0; row < gradient.Length; row += RowLength)
        {
            ReadOnlySpan<double> v = point.Slice(row, RowLength);
            ReadOnlySpan<double> g = gradient.Slice(row, RowLength);
            largest = Math.Max(largest, Math.Abs(g[0]));
            for (int k = 0; k < _means.Length; k++)
            {
                double element = _standardize ? g[k + 1] : (_scales[k] * g[k + 1]) + (_means[k] * g[0]);
                largest = Math.Max(largest, Math.Abs(Subgradient.Nearest(v[k + 1], element, l1)));
            }
        }

        return largest;
    }
}
