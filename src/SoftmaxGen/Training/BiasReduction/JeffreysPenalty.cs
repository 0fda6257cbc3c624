using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.BiasReduction;

/// <summary>
/// Firth's penalty, minus the logarithm of Jeffreys's prior: <c>-(1/2) log det I(W)</c> with Fisher's information <c>I</c> of the contrasts
/// <c>W_j - W_0</c> (Firth, <i>Bias reduction of maximum likelihood estimates</i>, Biometrika 80, 1993). Which class is the reference does not
/// matter: another one multiplies the determinant by 1. The information is that of standardised features, which adds a constant to the logarithm and
/// spares the digits that large means cost.
/// <para>
/// Its derivative by the score of class <c>a</c> in a row <c>z</c> with probabilities <c>p</c> is <c>-(1/2) p_a (q_a - sum_c p_c q_c)</c>, where
/// <c>q_c</c> is the variance that the estimated contrasts give to how far the score of class <c>c</c> lies from the mean score:
/// <c>q_c = (e_c - p)' h (e_c - p)</c> with the covariance of the contrasts' scores, <c>h_jl = z' (I^-1)_jl z</c>. It comes from the third moments of
/// the labels (Kosmidis and Firth, <i>Multinomial logit bias reduction via the Poisson log-linear model</i>, Biometrika 98, 2011). With two classes
/// it is the hat value times <c>p - 1/2</c> (Heinze and Schemper, <i>A solution to the problem of separation in logistic regression</i>, Statistics
/// in Medicine 21, 2002).
/// </para>
/// In plain loops, row by row in their order, so that every run gives the same bits. Not thread-safe.
/// </summary>
internal sealed class JeffreysPenalty
{
    private readonly IMeanLoss _set;
    private readonly Coordinates _coordinates;
    private readonly int[] _columns;
    private readonly int _rowLength;
    private readonly double[] _point;
    private readonly double[] _row;
    private readonly double[] _features;
    private readonly double[] _probabilities;
    private readonly double[] _variances;
    private readonly double[] _product;
    private readonly double[] _covariance;

    /// <summary>Initializes a new instance of the <see cref="JeffreysPenalty"/> class.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="coordinates">The standardised features.</param>
    /// <param name="columns">The columns of the weights that are estimated: the bias and the features that are not constant.</param>
    public JeffreysPenalty(IMeanLoss set, Coordinates coordinates, int[] columns)
    {
        ModelShape shape = set.Shape;
        _set = set;
        _coordinates = coordinates;
        _columns = columns;
        _rowLength = shape.Features + 1;
        Size = (shape.Classes - 1) * columns.Length;
        _point = new double[shape.ParameterCount];
        _row = new double[_rowLength];
        _features = new double[columns.Length];
        _probabilities = new double[shape.Classes];
        _variances = new double[shape.Classes];
        _product = new double[Size];
        _covariance = new double[Size * Size];
    }

    /// <summary>Gets the number of contrasts' weights, the size of the information.</summary>
    public int Size { get; }

    /// <summary>Computes <c>log det I(W)</c>, and keeps the inverse of the information for the gradient.</summary>
    /// <returns>
    /// -1; or where the information is singular but for rounding, the index among the columns that are estimated of the first that depends on those
    /// before it.
    /// </returns>
    public int LogDeterminant(ReadOnlySpan<double> weights, out double logDeterminant)
    {
        weights.CopyTo(_point);
        _coordinates.ToPoint(_point);
        Array.Clear(_covariance);
        _set.VisitRows(1, row =>
        {
            AddInformation(row.Columns, row.Weight);
            return true;
        });

        double smallestPivot = 64 * Size * (double.BitIncrement(1) - 1);
        int dependent = SymmetricInverse.Invert(_covariance, Size, smallestPivot, out logDeterminant);
        return dependent < 0 ? dependent : dependent % _columns.Length;
    }

    /// <summary>Computes the gradient of <c>-(1/2) log det I(W)</c> at the weights that the logarithm was computed of last.</summary>
    public void Gradient(double[] gradient)
    {
        Array.Clear(gradient);
        _set.VisitRows(1, row =>
        {
            AddGradient(row.Columns, row.Weight, gradient);
            return true;
        });
        _coordinates.ToWeightGradient(gradient);
    }

    /// <summary>Adds <c>w (diag(p) - p p') x z z'</c>, the Kronecker product, to the lower triangle.</summary>
    private void AddInformation(ReadOnlySpan<double> row, double weight)
    {
        Read(row);
        int columns = _features.Length;
        for (int j = 1; j < _probabilities.Length; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                double variance = weight * _probabilities[j] * (j == l ? ScalarSoftmax.Others(_probabilities, j) : -_probabilities[l]);
                for (int a = 0; a < columns; a++)
                {
                    int start = ((((j - 1) * columns) + a) * Size) + ((l - 1) * columns);
                    VectorAlgebra.AddScaled(variance * _features[a], _features, _covariance.AsSpan(start, columns));
                }
            }
        }
    }

    private void AddGradient(ReadOnlySpan<double> row, double weight, double[] gradient)
    {
        Read(row);
        SetVariances();
        double mean = VectorAlgebra.Dot(_probabilities, _variances);
        for (int a = 0; a < _probabilities.Length; a++)
        {
            double derivative = -0.5 * weight * _probabilities[a] * (_variances[a] - mean);
            VectorAlgebra.AddScaled(derivative, _row, gradient.AsSpan(a * _rowLength, _rowLength));
        }
    }

    /// <summary>Leaves <c>q_c = h_cc - 2 (h p)_c + p' h p</c> for each class in the variances; <c>h</c> is 0 for class 0.</summary>
    private void SetVariances()
    {
        int columns = _features.Length;
        for (int j = 1; j < _probabilities.Length; j++)
        {
            VectorAlgebra.Scale(_probabilities[j], _features, _product.AsSpan((j - 1) * columns, columns));
        }

        double ofMean = 0;
        _variances[0] = 0;
        for (int j = 1; j < _probabilities.Length; j++)
        {
            double own = 0;
            double withMean = 0;
            for (int a = 0; a < columns; a++)
            {
                ReadOnlySpan<double> covariances = _covariance.AsSpan((((j - 1) * columns) + a) * Size, Size);
                own += _features[a] * VectorAlgebra.Dot(covariances.Slice((j - 1) * columns, columns), _features);
                withMean += _features[a] * VectorAlgebra.Dot(covariances, _product);
            }

            _variances[j] = own - (2 * withMean);
            ofMean += _probabilities[j] * withMean;
        }

        for (int c = 0; c < _variances.Length; c++)
        {
            _variances[c] += ofMean;
        }
    }

    // Standardises a row and computes its probabilities.
    private void Read(ReadOnlySpan<double> row)
    {
        _coordinates.Centre(row, _row);
        for (int a = 0; a < _columns.Length; a++)
        {
            _features[a] = _row[_columns[a]];
        }

        ScalarSoftmax.Scores(_point, _row, _probabilities);
        (_, double sum) = ScalarSoftmax.Exponentiate(_probabilities, _probabilities);
        VectorAlgebra.Scale(1 / sum, _probabilities, _probabilities);
    }
}
