using SoftmaxGen.Data;

namespace SoftmaxGen.Training;

/// <summary>
/// The function that is minimised: <c>f(V) = L(W) + (l2/2) * ||U||^2</c>. The optimiser moves <c>V</c>, from which the raw weights <c>W</c> and the
/// penalised weights <c>U</c> follow by the <see cref="Coordinates"/>. Smooth and convex. Not thread-safe; no call allocates but
/// <see cref="ToWeights"/>.
/// </summary>
internal sealed class Objective
{
    /// <summary>The rounding errors of a value, in units of the last place: those of the scores, a few hundred at most, pass through whole.</summary>
    private const double RoundingUnits = 256;

    private readonly IMeanLoss _loss;
    private readonly double _l2;
    private readonly Coordinates _coordinates;
    private readonly int _maxThreads;
    private readonly int _rowLength;
    private readonly double _relativeNoise;
    private readonly double[] _weights;

    /// <summary>Initializes a new instance of the <see cref="Objective"/> class.</summary>
    /// <param name="loss">The mean loss <c>L</c>.</param>
    /// <param name="l2">The strength of the penalty; finite and not negative.</param>
    /// <param name="standardize">Whether the penalty acts on the weights of standardised features.</param>
    /// <param name="maxThreads">The most threads of an evaluation.</param>
    public Objective(IMeanLoss loss, double l2, bool standardize, int maxThreads)
    {
        _loss = loss;
        _l2 = l2;
        _coordinates = Coordinates.Choose(loss.Moments, loss.Shape.Classes, l2, standardize);
        _maxThreads = maxThreads;
        _rowLength = loss.Shape.Features + 1;
        _relativeNoise = RoundingUnits * (loss.Shape.Precision == SoftmaxPrecision.Single ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1);
        _weights = new double[loss.Shape.ParameterCount];
    }

    /// <summary>Gets the number of coordinates of a point, <c>C * (m + 1)</c>.</summary>
    public int ParameterCount => _weights.Length;

    /// <summary>Gets the number of evaluations so far.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Evaluates the objective and its gradient: one pass over the training set.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">Receives the gradient by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The value.</returns>
    public double ValueAndGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        Evaluations++;
        point.CopyTo(_weights);
        _coordinates.ToWeights(_weights);
        double loss = _loss.LossAndGradient(_weights, gradient, _maxThreads);
        _coordinates.ToGradient(gradient);
        AddPenaltyGradient(point, gradient);
        return loss + Penalty(point);
    }

    /// <summary>Computes the penalty <c>(l2/2) * ||U||^2</c>; the biases are not in <c>U</c>.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The penalty.</returns>
    public double Penalty(ReadOnlySpan<double> point)
    {
        double squares = 0;
        for (int row = 0; row < point.Length; row += _rowLength)
        {
            for (int k = 0; k < _rowLength - 1; k++)
            {
                double u = _coordinates.PenaltyFactor(k) * point[row + 1 + k];
                squares += u * u;
            }
        }

        return _l2 / 2 * squares;
    }

    /// <summary>Finds the largest magnitude of a gradient by the weights that the penalty acts on, which is what a tolerance is compared with.</summary>
    /// <param name="gradient">The gradient by <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The norm.</returns>
    public double GradientNorm(ReadOnlySpan<double> gradient) => _coordinates.GradientNorm(gradient);

    /// <summary>
    /// Bounds the rounding error of a value. It does not vanish with the value: a row's loss is the logarithm of a number near 1, so its
    /// error is absolute.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>The change below which two values cannot be told apart.</returns>
    public double Noise(double value) => _relativeNoise * Math.Max(1, Math.Abs(value));

    /// <summary>
    /// Turns a point into the weights of raw features, centred: adding one vector to all rows of <c>W</c> changes no probability, so the mean over
    /// the classes is taken off every column that the penalty leaves free. Those are the biases, and without a penalty every column.
    /// </summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>New weights <c>W</c>, <c>C x (m+1)</c>, row-major.</returns>
    public double[] ToWeights(ReadOnlySpan<double> point)
    {
        double[] weights = point.ToArray();
        _coordinates.ToWeights(weights);

        int freeColumns = _l2 == 0 ? _rowLength : 1;
        for (int column = 0; column < freeColumns; column++)
        {
            CentreColumn(weights, column);
        }

        return weights;
    }

    private void AddPenaltyGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        for (int row = 0; row < point.Length; row += _rowLength)
        {
            for (int k = 0; k < _rowLength - 1; k++)
            {
                double factor = _coordinates.PenaltyFactor(k);
                gradient[row + 1 + k] += _l2 * factor * factor * point[row + 1 + k];
            }
        }
    }

    private void CentreColumn(double[] weights, int column)
    {
        double sum = 0;
        for (int i = column; i < weights.Length; i += _rowLength)
        {
            sum += weights[i];
        }

        double mean = sum * _rowLength / weights.Length;
        for (int i = column; i < weights.Length; i += _rowLength)
        {
            weights[i] -= mean;
        }
    }
}
