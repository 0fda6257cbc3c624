using System.Runtime.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training;

/// <summary>
/// The change of variables between the weights <c>W</c> of raw features and the coordinates <c>V</c> in which the optimiser moves:
/// <c>V_jk = d_k W_jk</c> and <c>V_j0 = W_j0 + sum_k mean_k W_jk</c>. The features are thereby centred and scaled so that the objective curves alike
/// in every direction, while the rows themselves stay as they are: the loss is that of the model which is returned in the end. All of
/// these, and gradients by them, are <c>C x (m+1)</c>, row-major.
/// <para>
/// The penalty acts on <c>U_jk = u_k V_jk</c>. Standardising, these are the weights of standardised features: <c>d_k</c> is the deviation and
/// <c>u_k = 1</c>. Otherwise they are the raw weights: <c>u_k = 1 / d_k</c>, and <c>d_k^2 = deviation_k^2 + l2 / h</c> makes the diagonal of the
/// Hessian at zero weights, <c>(h deviation_k^2 + l2) / d_k^2</c>, constant; there <c>h = p (1 - p)</c> with <c>p = 1/C</c>.
/// </para>
/// </summary>
internal sealed class Coordinates
{
    // Whose squares, and the sums of a billion of them, stay within the range of double and have all their digits.
    private const double SmallestFactor = 1e-140;
    private const double LargestFactor = 1e140;

    // What may be wrong of a second derivative that Newton's method is to make sense of.
    private const double DigitsOfProducts = 1e-2;

    // Of the distance at which products make no sense any more: a hundred millionth of what may be wrong of a second derivative.
    private const double ShareOfExactProducts = 1e-4;
    private const double RoundingOfDouble = 2.2204460492503131e-16;

    // In deviations.
    private readonly double _farthestMean;

    // One element for each column of W: the bias, which has the mean 0 and the scale 1, and the features.
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[] _inverseScales;
    private readonly double[] _shifts;
    private readonly bool _standardize;

    // What the penalty knows of each column, if the coordinates are no longer those that were chosen for it: its mean and its deviation.
    private double[]? _penaltyMeans;
    private double[]? _penaltyScales;

    private Coordinates(Workspace workspace, ColumnMoments moments, double smoothing, bool standardize, double unit)
    {
        _farthestMean = Math.Sqrt(DigitsOfProducts / unit);
        int columns = moments.Means.Length + 1;
        _standardize = standardize;
        _means = workspace.Rent(columns);
        _scales = workspace.Rent(columns);
        _inverseScales = workspace.Rent(columns);
        _shifts = workspace.Rent(columns);
        moments.Means.CopyTo(_means, 1);
        moments.Deviations.CopyTo(_scales, 1);
        _scales[0] = 1;
        for (int k = 0; k < columns; k++)
        {
            if (smoothing > 0 && k > 0 && _scales[k] > 0)
            {
                // Beside a deviation whose square is infinite the rest is nothing.
                double scale = Math.Sqrt((_scales[k] * _scales[k]) + smoothing);
                _scales[k] = double.IsFinite(scale) ? scale : _scales[k];
            }

            // A constant feature keeps weight 0: the bias does its work without a penalty. So does one whose scale is too small to invert.
            double inverse = 1 / _scales[k];
            _inverseScales[k] = double.IsFinite(inverse) ? inverse : 0;
        }

        FindProducts();
    }

    private int RowLength => _means.Length;

    /// <summary>Gets a value indicating whether products of two features stay within the range of double, so that a Hessian can be summed.</summary>
    public bool HasProducts { get; private set; }

    /// <summary>Gets a value indicating whether a Hessian that is summed has nearly all of its digits when it is centred.</summary>
    public bool HasExactProducts { get; private set; }

    /// <summary>Chooses the coordinates of a training.</summary>
    /// <param name="moments">The moments of the features.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="l2">The strength of the penalty.</param>
    /// <param name="standardize">Whether the penalty acts on the weights of standardised features.</param>
    /// <param name="workspace">Where vectors are rented; new ones when null.</param>
    /// <param name="unit">The distance of 1 to the next number of the precision in which products of features are summed.</param>
    public static Coordinates Choose(
        ColumnMoments moments, int classes, double l2, bool standardize, Workspace? workspace = null, double unit = RoundingOfDouble)
    {
        double curvature = (classes - 1) / ((double)classes * classes);
        return new Coordinates(workspace ?? new Workspace(), moments, standardize ? 0 : l2 / curvature, standardize, unit);
    }

    /// <summary>Gets <c>d_k</c>: the scale of a feature.</summary>
    public double Scale(int feature) => _scales[feature + 1];

    /// <summary>Gets <c>u_k</c>: how much of the coordinate of a feature the penalty sees.</summary>
    public double PenaltyFactor(int feature)
    {
        double inverse = _inverseScales[feature + 1];
        return !_standardize ? inverse : _penaltyScales is null ? 1 : _penaltyScales[feature + 1] * inverse;
    }

    /// <summary>Moves the origins and scales of features; the penalty stays what it is.</summary>
    /// <param name="centers">The new origin of each column, <c>m + 1</c> numbers.</param>
    /// <param name="scales">The new scale of each column; one that is not positive and finite leaves the scale as it is.</param>
    /// <param name="workspace">Where vectors are rented.</param>
    public void Recentre(ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, Workspace workspace)
    {
        if (_penaltyMeans is null)
        {
            (_penaltyMeans, _penaltyScales) = (workspace.Rent(_means.Length), workspace.Rent(_scales.Length));
            _means.CopyTo(_penaltyMeans, 0);
            _scales.CopyTo(_penaltyScales, 0);
        }

        for (int k = 1; k < _means.Length; k++)
        {
            double inverse = 1 / scales[k];
            if (_inverseScales[k] != 0 && double.IsFinite(centers[k]) && double.IsFinite(inverse) && inverse > 0)
            {
                (_means[k], _scales[k], _inverseScales[k]) = (centers[k], scales[k], inverse);
            }
        }

        FindProducts();
    }

    /// <summary>Turns a point <c>V</c> into the weights <c>W</c> of raw features.</summary>
    /// <param name="point">The point, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="weights">Receives the weights, <c>C x (m+1)</c>, row-major; may be <paramref name="point"/> itself.</param>
    public void ToWeights(ReadOnlySpan<double> point, Span<double> weights)
    {
        for (int row = 0; row < point.Length; row += RowLength)
        {
            Span<double> w = weights.Slice(row, RowLength);
            double atMeans = VectorAlgebra.MultiplyAndDot(point.Slice(row, RowLength), _inverseScales, _means, w);
            w[0] -= atMeans;
        }
    }

    /// <summary>
    /// Turns the weights <c>W</c> of raw features into the point <c>V</c>, in place: the inverse of <see cref="ToWeights"/>, but that the weight of a
    /// constant feature becomes part of the bias.
    /// </summary>
    public void ToPoint(Span<double> weights)
    {
        for (int row = 0; row < weights.Length; row += RowLength)
        {
            Span<double> v = weights.Slice(row, RowLength);
            for (int k = 1; k < v.Length; k++)
            {
                v[0] += v[k] * _means[k];
                v[k] = _inverseScales[k] == 0 ? 0 : v[k] * _scales[k];
            }
        }
    }

    /// <summary>Centres and scales a feature.</summary>
    /// <returns><c>(x - mean) / d</c>.</returns>
    public double Centred(int feature, double x) => (x - _means[feature + 1]) * _inverseScales[feature + 1];

    /// <summary>Centres and scales the features of a row, so that a score is <c>V_j</c> times the row; those of a constant feature become 0.</summary>
    /// <param name="row">The row <c>[1, x_1 … x_m]</c>.</param>
    /// <param name="centred">Receives <c>[1, (x_1 - mean_1) / d_1 …]</c>; may be <paramref name="row"/> itself.</param>
    public void Centre(ReadOnlySpan<double> row, Span<double> centred)
    {
        for (int k = 0; k < centred.Length; k++)
        {
            centred[k] = (row[k] - _means[k]) * _inverseScales[k];
        }
    }

    /// <summary>Turns a gradient by <c>W</c> into the gradient by <c>V</c>, the transposed map, in place.</summary>
    public void ToGradient(Span<double> gradient)
    {
        for (int row = 0; row < gradient.Length; row += RowLength)
        {
            Span<double> g = gradient.Slice(row, RowLength);
            VectorAlgebra.AddScaledAndMultiply(-g[0], _means, _inverseScales, g);
        }
    }

    /// <summary>Turns a gradient by <c>V</c> into the gradient by <c>W</c>, in place: the inverse of <see cref="ToGradient"/>.</summary>
    public void ToWeightGradient(Span<double> gradient)
    {
        for (int row = 0; row < gradient.Length; row += RowLength)
        {
            Span<double> g = gradient.Slice(row, RowLength);
            for (int k = 1; k < g.Length; k++)
            {
                g[k] = (g[k] * _scales[k]) + (g[0] * _means[k]);
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

    /// <summary>
    /// Takes the Hessian of the loss by the contrasts <c>V_j - V_0</c> from the distinct elements of that by <c>W</c>. The loss depends on the contrasts alone,
    /// so that it is what is left when the row and the column of class 0 are struck out, in the coordinates <c>V</c>: with <c>H</c> for a block of two
    /// classes, <c>(H_ab - mean_a H_0b - mean_b (H_a0 - mean_a H_00)) / (d_a d_b)</c>.
    /// </summary>
    /// <param name="packed">The elements, <see cref="PackedHessian"/>.</param>
    /// <param name="classes">The number of classes, <c>C</c>.</param>
    /// <param name="contrasts">Receives the upper triangle of the Hessian, <c>n x n</c> with <c>n = (C - 1) (m + 1)</c>.</param>
    /// <param name="stride">The elements from one row of it to the next.</param>
    public void ToContrasts(ReadOnlySpan<double> packed, int classes, Span<double> contrasts, int stride)
    {
        int columns = RowLength;
        var layout = new PackedHessian(classes, columns);
        for (int j = 1; j < classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                ToContrasts(layout.Block(packed, j, l), contrasts[(((l - 1) * columns * stride) + ((j - 1) * columns))..], stride, isDiagonal: j == l);
            }
        }
    }

    /// <summary>Finds the largest magnitude of a gradient by the weights that the penalty acts on: those of standardised features, or the raw ones.</summary>
    /// <returns>The norm; NaN when an element is NaN.</returns>
    public double GradientNorm(ReadOnlySpan<double> gradient)
    {
        // Magnitudes are in the order of their bits, and NaN comes after all of them: what Math.Max would find, without its wait for every number.
        long largest = 0;
        for (int row = 0; row < gradient.Length; row += RowLength)
        {
            ReadOnlySpan<double> g = gradient.Slice(row, RowLength);
            for (int k = 0; k < g.Length; k++)
            {
                largest = Math.Max(largest, MagnitudeBits(PenalisedSlope(g, k)));
            }
        }

        return BitConverter.Int64BitsToDouble(largest);
    }

    /// <summary>Turns a gradient by a row of <c>V</c> into that by a weight that the penalty acts on, or by the bias.</summary>
    /// <param name="gradient">The gradient by a row of <c>V</c>, <c>m + 1</c> numbers.</param>
    /// <param name="column">The column of the weight.</param>
    /// <returns>The derivative.</returns>
    public double PenalisedSlope(ReadOnlySpan<double> gradient, int column) =>
        column == 0 || (_standardize && _penaltyMeans is null) ? gradient[column] : ByPenalised(gradient, column);

    /// <summary>Bounds the score of a row.</summary>
    public double LargestScore(ReadOnlySpan<double> point, double farthest)
    {
        double largest = 0;
        for (int row = 0; row < point.Length; row += RowLength)
        {
            double sum = Math.Abs(point[row]);
            for (int k = 1; k < RowLength; k++)
            {
                sum += Math.Abs(point[row + k]) * farthest;
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    private double ByPenalised(ReadOnlySpan<double> gradient, int k)
    {
        if (!_standardize)
        {
            return (_scales[k] * gradient[k]) + (_means[k] * gradient[0]);
        }

        double scale = _penaltyScales![k];
        return scale == 0 ? 0 : ((_scales[k] * gradient[k]) + ((_means[k] - _penaltyMeans![k]) * gradient[0])) / scale;
    }

    // Products are summed as the rows have them and centred afterwards: of features far from zero the digits that make up a deviation cancel.
    private void FindProducts()
    {
        (HasProducts, HasExactProducts) = (true, true);
        for (int k = 1; k < _means.Length; k++)
        {
            bool isModerate = Math.Abs(_means[k]) < LargestFactor && (_scales[k] == 0 || _scales[k] is > SmallestFactor and < LargestFactor);
            double distance = Math.Abs(_means[k]) * _inverseScales[k];
            HasProducts &= isModerate && distance <= _farthestMean;
            HasExactProducts &= isModerate && distance <= ShareOfExactProducts * _farthestMean;
        }
    }

    /// <summary>Bounds the terms of a score <c>W_j x</c>: the largest <c>|W_j0| + sum_k |W_jk| (|mean_k| + d_k)</c> of a class.</summary>
    /// <returns>The bound, for a row that lies where most do; a score is rounded by this much times the unit of rounding.</returns>
    public double LargestTerms(ReadOnlySpan<double> point)
    {
        double largest = 0;
        for (int row = 0; row < point.Length; row += RowLength)
        {
            double bias = point[row];
            double terms = 0;
            for (int k = 1; k < RowLength; k++)
            {
                double w = point[row + k] * _inverseScales[k];
                bias -= w * _means[k];
                terms += Math.Abs(w) * (Math.Abs(_means[k]) + _scales[k]);
            }

            largest = Math.Max(largest, Math.Abs(bias) + terms);
        }

        return largest;
    }

    /// <summary>
    /// Bounds the rounding error of <see cref="GradientNorm"/>. Where the raw weights are penalised, residuals are multiplied by raw features. Else
    /// the features are centred, and only the rounding of the sums, which are taken before that, is multiplied by them.
    /// </summary>
    /// <param name="unit">The rounding error of a residual of 1.</param>
    /// <param name="residual">The rounding error that a residual has from its scores.</param>
    public double GradientRounding(double unit, double residual)
    {
        // What the penalty knows of a feature, wherever its origin was moved to since.
        (double[] means, double[] scales) = (_penaltyMeans ?? _means, _penaltyScales ?? _scales);
        double largest = unit + residual;
        for (int k = 1; k < RowLength; k++)
        {
            double size = Math.Abs(means[k]) + scales[k];
            double error = !_standardize ? (unit + residual) * size : scales[k] > 0 ? (unit * size / scales[k]) + residual : residual;
            largest = Math.Max(largest, error);
        }

        return largest;
    }

    private static long MagnitudeBits(double x) => BitConverter.DoubleToInt64Bits(x) & long.MaxValue;

    // A block from its lower triangle; it equals its transpose. With u_a = H_a0 - mean_a H_00 / 2 its element is (H_ab - mean_a u_b - mean_b u_a) / (d_a d_b).
    private void ToContrasts(ReadOnlySpan<double> triangle, Span<double> block, int stride, bool isDiagonal)
    {
        ReadOnlySpan<double> means = _means;
        double halfCorner = triangle[0] / 2;
        for (int a = 0; a < means.Length; a++)
        {
            ReadOnlySpan<double> row = triangle[..(a + 1)];
            triangle = triangle[row.Length..];
            double shift = row[0] - (means[a] * halfCorner);
            _shifts[a] = shift;

            // As many of each as the row has, which spares the loop the checks of their lengths.
            ReadOnlySpan<double> otherMeans = means[..row.Length];
            ReadOnlySpan<double> shifts = _shifts.AsSpan(0, row.Length);
            ReadOnlySpan<double> inverseScales = _inverseScales.AsSpan(0, row.Length);
            Span<double> left = block.Slice(a * stride, row.Length);
            ref double above = ref block[a];
            for (int b = 0; b < row.Length; b++)
            {
                double element = (row[b] - (means[a] * shifts[b]) - (otherMeans[b] * shift)) * inverseScales[a] * inverseScales[b];
                Unsafe.Add(ref above, b * stride) = element;
                if (!isDiagonal)
                {
                    left[b] = element;
                }
            }
        }
    }
}
