using System.Numerics;
using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// Precision against recall for every threshold: the curve to look at where positive rows are few, since many negative rows do not flatter it (Davis
/// and Goadrich, <i>The relationship between precision-recall and ROC curves</i>, 2006). Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// PrecisionRecallCurve curve = PrecisionRecallCurve.Create(model, heldOutRows, heldOutLabels);
/// Console.WriteLine(curve.AveragePrecision);
/// </code>
/// </example>
public sealed class PrecisionRecallCurve
{
    private PrecisionRecallCurve(ScoreSteps steps)
    {
        double positives = steps.Positives;
        Prevalence = positives / (positives + steps.Negatives);
        Points = Array.AsReadOnly(
        [
            new PrecisionRecallPoint(double.PositiveInfinity, 1, 0),
            .. steps.Steps.Select(step => new PrecisionRecallPoint(
                step.Threshold, step.TruePositives / (step.TruePositives + step.FalsePositives), step.TruePositives / positives)),
        ]);

        double last = 0;
        foreach (ScoreSteps.Step step in steps.Steps)
        {
            AveragePrecision += (step.TruePositives - last) / positives * (step.TruePositives / (step.TruePositives + step.FalsePositives));
            last = step.TruePositives;
        }
    }

    /// <summary>
    /// Gets the points in descending order of their thresholds: recall 0 with precision 1 first, then one for each distinct score, recall 1 last.
    /// Rows with the same score are one step.
    /// </summary>
    public IReadOnlyList<PrecisionRecallPoint> Points { get; }

    /// <summary>
    /// Gets the average precision, <c>sum_i (R_i - R_i-1) P_i</c> over the points: the area under the steps. It is not interpolated, which would be
    /// too good to be true. 1 is the best; scores that say nothing have about the <see cref="Prevalence"/>.
    /// </summary>
    public double AveragePrecision { get; }

    /// <summary>Gets the share of the positive rows, by weight: the precision where every row is called positive.</summary>
    public double Prevalence { get; }

    /// <summary>Makes the curve of scores, of any classifier.</summary>
    /// <param name="scores">The <c>n</c> scores or probabilities, finite: the higher, the more positive.</param>
    /// <param name="isPositive">Which of the <c>n</c> rows are positive.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, a number is not valid, or there is no positive row of positive weight.</exception>
    public static PrecisionRecallCurve Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> rowWeights = default) =>
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
    /// The lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, or there is no positive row of positive
    /// weight.
    /// </exception>
    public static PrecisionRecallCurve Create<TModel, T>(
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
    /// <exception cref="ArgumentException">The set has soft labels or offsets, the scores of a row overflow, or there is no positive row.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static PrecisionRecallCurve Create<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set, int? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Create(ClassProbabilities.Against(model, UnpackedRows.Copy(set, nameof(set)), positiveLabel, byRest: true), nameof(set));
    }

    /// <summary>Writes average precision and prevalence on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"average precision {AveragePrecision:F4}: {Prevalence:F4} of the rows are positive");

    /// <summary>Makes the curve of steps.</summary>
    /// <exception cref="ArgumentException">There is no positive row.</exception>
    internal static PrecisionRecallCurve Create(ScoreSteps steps, string parameterName) =>
        new(steps.RequirePositive("a precision-recall curve", parameterName));
}
