using System.Numerics;
using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// The receiver operating characteristic: how many positive rows a threshold finds, and how many negative ones it takes for positive, for every
/// threshold (Fawcett, <i>An introduction to ROC analysis</i>, 2006). Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// RocCurve curve = RocCurve.Create(model, heldOutRows, heldOutLabels);
/// Console.WriteLine(curve.AreaUnderCurve);
/// </code>
/// </example>
public sealed class RocCurve
{
    private RocCurve(ScoreSteps steps)
    {
        PositiveWeight = steps.Positives;
        NegativeWeight = steps.Negatives;
        Points = Array.AsReadOnly(
        [
            new RocPoint(double.PositiveInfinity, 0, 0),
            .. steps.Steps.Select(step => new RocPoint(step.Threshold, step.FalsePositives / NegativeWeight, step.TruePositives / PositiveWeight)),
        ]);
        AreaUnderCurve = Area(steps);
    }

    /// <summary>
    /// Gets the points in descending order of their thresholds: (0, 0) first, then one for each distinct score, (1, 1) last. Rows with the same score
    /// are one step. Points on a straight line between others are kept.
    /// </summary>
    public IReadOnlyList<RocPoint> Points { get; }

    /// <summary>
    /// Gets the area under the curve, by trapezoids: the probability that a positive row has a higher score than a negative one, ties counted half. 1
    /// is the best; 0.5 is what scores give that say nothing.
    /// </summary>
    public double AreaUnderCurve { get; }

    /// <summary>Gets the weight of the positive rows: their number, where rows have no weights.</summary>
    public double PositiveWeight { get; }

    /// <summary>Gets the weight of the negative rows: their number, where rows have no weights.</summary>
    public double NegativeWeight { get; }

    /// <summary>Makes the curve of scores, of any classifier.</summary>
    /// <param name="scores">The <c>n</c> scores or probabilities, finite: the higher, the more positive.</param>
    /// <param name="isPositive">Which of the <c>n</c> rows are positive.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a number is not valid, or there is no positive or no negative row of positive weight.
    /// </exception>
    public static RocCurve Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> rowWeights = default) =>
        Create(ScoreSteps.Create(scores, isPositive, rowWeights), nameof(isPositive));

    /// <summary>Makes the curve of one class of a model against all others, by the probability of the class.</summary>
    /// <remarks>
    /// Probabilities that round to the same number near 1 are told apart by the probability of the other classes, which does not round: such points
    /// have the same threshold.
    /// </remarks>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="positiveLabel">The label of the positive class; null, for models of two classes alone, for the second class.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="model"/> is null; or <paramref name="positiveLabel"/> is, and there are more than two classes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, or there is no positive or no negative
    /// row of positive weight.
    /// </exception>
    public static RocCurve Create<TModel, T>(
        ISoftmaxModel<TModel, T> model,
        ReadOnlySpan<T> rows,
        ReadOnlySpan<int> labels,
        int? positiveLabel = null,
        ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        LabelledRows<T> checkedRows = LabelledRows<T>.Check(rows, labels, rowWeights, TModel.Shape);
        return Create(ClassProbabilities.Against(model, checkedRows, positiveLabel, byRest: true), nameof(labels));
    }

    /// <summary>Makes the curve of one class of a model against all others, on a set, which takes rows and labels of the user's types.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <param name="positiveLabel">The label of the positive class; null, for models of two classes alone, for the second class.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="model"/> or <paramref name="set"/> is null; or <paramref name="positiveLabel"/> is, and there are more than two classes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="positiveLabel"/> is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// The set has soft labels or offsets, the scores of a row overflow, or there is no positive or no negative row.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static RocCurve Create<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set, int? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Create(ClassProbabilities.Against(model, UnpackedRows.Copy(set, nameof(set)), positiveLabel, byRest: true), nameof(set));
    }

    /// <summary>Writes the area and the weights on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Invariant($"area under the ROC curve {AreaUnderCurve:F4}: {PositiveWeight:G6} positive and {NegativeWeight:G6} negative rows");

    /// <summary>Makes the curve of steps.</summary>
    /// <exception cref="ArgumentException">There is no positive or no negative row.</exception>
    internal static RocCurve Create(ScoreSteps steps, string parameterName) => new(steps.RequireBoth("a ROC curve", parameterName));

    // Twice the area in units of pairs of rows. Weights are scaled by powers of two alone: without row weights they stay whole numbers, so that
    // nothing is rounded before the division, and of the smallest and the largest weights the products neither vanish nor overflow.
    private static double Area(ScoreSteps steps)
    {
        int negativeScale = -Math.ILogB(steps.Negatives);
        int positiveScale = -Math.ILogB(steps.Positives);
        double pairs = 0;
        ScoreSteps.Step last = default;
        foreach (ScoreSteps.Step step in steps.Steps)
        {
            double width = Math.ScaleB(step.FalsePositives - last.FalsePositives, negativeScale);
            pairs += width * (Math.ScaleB(step.TruePositives, positiveScale) + Math.ScaleB(last.TruePositives, positiveScale));
            last = step;
        }

        return pairs / 2 / (Math.ScaleB(steps.Negatives, negativeScale) * Math.ScaleB(steps.Positives, positiveScale));
    }
}
