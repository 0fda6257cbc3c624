using System.Globalization;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.BiasReduction;

/// <summary>
/// The mean loss of a training set and Firth's penalty, <c>(1/n) (b - (1/2) log det I(W))</c>: the solvers minimise the sum as they do any other.
/// Their Hessian is the information alone, as in Fisher's scoring, which is that of the sum but for a part of the order <c>1/n</c>; a line search
/// does the rest.
/// <para>
/// <c>b</c> keeps the penalty from falling below 0, as solvers expect of a loss. The covariance of a label with <c>C</c> classes is nowhere more than
/// <c>C/2</c> times that at equal probabilities (B&#246;hning, <i>Multinomial logistic regression algorithm</i>, 1992), so that
/// <c>2 b = log det I(0) + N log(C/2)</c>, with <c>N</c> weights of contrasts, is enough.
/// </para>
/// Not thread-safe.
/// </summary>
internal sealed class BiasReducedLoss : IMeanLoss
{
    private readonly IMeanLoss _loss;
    private readonly JeffreysPenalty _penalty;
    private readonly double[] _penaltyGradient;
    private readonly double _largestLogDeterminant;

    /// <summary>Initializes a new instance of the <see cref="BiasReducedLoss"/> class.</summary>
    /// <exception cref="ArgumentException">A feature is determined by others, or there are too few rows.</exception>
    /// <exception cref="NotSupportedException">The exact Hessian is not generated, or the rows have offsets.</exception>
    public BiasReducedLoss(IMeanLoss set, string parameterName)
    {
        _loss = set;
        RequireHessian(set);
        double[] deviations = _loss.Moments.Deviations;
        int[] columns = [0, .. Enumerable.Range(1, deviations.Length).Where(k => deviations[k - 1] > 0)];
        var coordinates = Coordinates.Choose(_loss.Moments, _loss.Shape.Classes, l2: 0, standardize: true);
        _penalty = new JeffreysPenalty(set, coordinates, columns);
        _penaltyGradient = new double[_loss.Shape.ParameterCount];

        // At weights of 0, where no probability hides a row.
        int dependent = _penalty.LogDeterminant(new double[_loss.Shape.ParameterCount], out double logDeterminant);
        if (dependent >= 0)
        {
            throw new ArgumentException(
                $"{nameof(TrainingOptions.BiasReduction)} needs features that do not determine each other, and more rows than features: " +
                $"{StatisticalInference.ColumnName(_loss.Shape, columns[dependent])} is a linear combination of those before it. Leave it out, or train with " +
                $"{nameof(TrainingOptions.L2)} above 0.",
                parameterName);
        }

        _largestLogDeterminant = logDeterminant + (_penalty.Size * Math.Log(_loss.Shape.Classes / 2.0));
    }

    public ModelShape Shape => _loss.Shape;

    public bool HasHessian => _loss.HasHessian;

    public bool HasOffsets => _loss.HasOffsets;

    public long RowCount => _loss.RowCount;

    public bool HasBatches => false;

    public double TotalWeight => _loss.TotalWeight;

    /// <inheritdoc/>
    /// <remarks>With the penalty there is always an optimum: no loss is so low that it would prove the contrary.</remarks>
    public double SmallestRowWeight => 0;

    public ReadOnlySpan<double> ClassTotals => _loss.ClassTotals;

    public ColumnMoments Moments => _loss.Moments;

    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        double loss = _loss.LossAndGradient(weights, gradient, maxThreads);
        if (_penalty.LogDeterminant(weights, out double logDeterminant) >= 0)
        {
            // So far out that rounding leaves nothing of some row: the solver takes a shorter step.
            gradient.Fill(double.NaN);
            return double.NaN;
        }

        _penalty.Gradient(_penaltyGradient);
        VectorAlgebra.AddScaled(1 / TotalWeight, _penaltyGradient, gradient);
        return loss + ((_largestLogDeterminant - logDeterminant) / (2 * TotalWeight));
    }

    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1) =>
        _loss.HessianProduct(weights, direction, product, maxThreads);

    public void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1) => _loss.Hessian(weights, packed, maxThreads);

    public double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient) =>
        throw new NotSupportedException("The determinant of the information is not a sum over rows, of which some could stand for all.");

    public void VisitRows(long stride, RowVisitor visitor) => _loss.VisitRows(stride, visitor);

    public bool EndIteration(bool isCanceled) => _loss.EndIteration(isCanceled);

    private static void RequireHessian(IMeanLoss set)
    {
        if (!set.Shape.HasHessian)
        {
            throw new NotSupportedException(
                (set.HasHessian
                    ? $"{nameof(TrainingOptions.BiasReduction)} is not made for rows with offsets"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{nameof(TrainingOptions.BiasReduction)} needs the exact Hessian, which is not generated for {set.Shape.Classes} classes x " +
                        $"{set.Shape.Features} features"))
                + $"; train with {nameof(TrainingOptions.L2)} above 0 instead.");
        }
    }
}
