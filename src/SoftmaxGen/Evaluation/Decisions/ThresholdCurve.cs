using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// What every threshold of two classes, or of one class against all others, would give on rows whose labels are known, and the choice of one: by an F
/// score, by costs, by the precision or the recall that is wanted. A row is called positive where its score is at least the threshold. Immutable and
/// thread-safe.
/// </summary>
/// <remarks>
/// A threshold that is chosen on rows looks better on those rows than on others. Choose it on held-out rows, and measure it (<see cref="At"/>) on
/// further ones.
/// See also <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/decisions.md#the-choice-of-a-threshold">the choice of a threshold</see>.
/// </remarks>
/// <example>
/// <code>
/// BinaryMetrics chosen = ThresholdCurve.Create(model, heldOutRows, heldOutLabels).BestF1();
/// int label = model.PredictWith(row, chosen.Threshold);
/// </code>
/// </example>
public sealed class ThresholdCurve
{
    private readonly double _positives;
    private readonly double _negatives;
    private readonly BinaryMetrics[] _points;

    private ThresholdCurve(ScoreSteps steps)
    {
        _positives = steps.Positives;
        _negatives = steps.Negatives;
        _points = [MetricsOf(new ScoreSteps.Step(double.PositiveInfinity, 0, 0)), .. steps.Steps.Select(MetricsOf)];
        Points = Array.AsReadOnly(_points);
    }

    /// <summary>
    /// Gets the metrics of each threshold in descending order: first +∞, where no row is positive, then each distinct score, at the last of which all
    /// are.
    /// </summary>
    public IReadOnlyList<BinaryMetrics> Points { get; }

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
    public static ThresholdCurve Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> rowWeights = default) =>
        Create(ScoreSteps.Create(scores, isPositive, rowWeights), nameof(isPositive));

    /// <summary>
    /// Makes the curve of one class of a model against all others, by the probability of the class. Its thresholds are exactly those of
    /// <see cref="DecisionExtensions"/>.
    /// </summary>
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
    public static ThresholdCurve Create<TModel, T>(
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
        return Create(ClassProbabilities.Against(model, checkedRows, positiveLabel, byRest: false), nameof(labels));
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
    public static ThresholdCurve Create<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set, int? positiveLabel = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Create(ClassProbabilities.Against(model, UnpackedRows.Copy(set, nameof(set)), positiveLabel, byRest: false), nameof(set));
    }

    /// <summary>Finds what a threshold gives, which need not be one of the points.</summary>
    /// <param name="threshold">The threshold; not NaN.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is NaN.</exception>
    public BinaryMetrics At(double threshold)
    {
        if (double.IsNaN(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold must be a number.");
        }

        // The last point whose threshold is not below: its rows are those at or above the one that is asked for.
        int low = 0;
        int high = _points.Length;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _points[middle].Threshold >= threshold ? (middle, high) : (low, middle);
        }

        return _points[low] with { Threshold = threshold };
    }

    /// <summary>Finds the threshold with the highest F1 score; of several the highest.</summary>
    /// <returns>The metrics at the threshold.</returns>
    public BinaryMetrics BestF1() => BestFScore(1);

    /// <summary>Finds the threshold with the highest F score; of several the highest.</summary>
    /// <param name="beta">How many times as much recall matters as precision: finite and positive.</param>
    /// <returns>The metrics at the threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not finite and positive.</exception>
    public BinaryMetrics BestFScore(double beta)
    {
        BinaryMetrics.RequireBeta(beta);
        return Best(point => point.FScore(beta));
    }

    /// <summary>
    /// Finds the threshold whose decisions cost least on these rows; of several the highest, which is +∞ where it is cheapest to call no row
    /// positive.
    /// </summary>
    /// <param name="costs">The costs of two classes: the negative one, or all others, first; the positive one second.</param>
    /// <returns>The metrics at the threshold.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">The costs are of more than two classes.</exception>
    public BinaryMetrics LeastCost(CostMatrix costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(2, nameof(costs));
        return Best(point => -point.Cost(costs));
    }

    /// <summary>
    /// Finds the threshold with the highest recall among those of a precision; of several the highest, which has the highest precision.
    /// </summary>
    /// <param name="atLeast">The precision that is wanted, above 0 and at most 1.</param>
    /// <returns>The metrics at the threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atLeast"/> is NaN, not positive or more than 1.</exception>
    /// <exception cref="ArgumentException">No threshold has the precision; the message tells the highest there is.</exception>
    public BinaryMetrics WithPrecision(double atLeast)
    {
        RequireShare(atLeast);
        BinaryMetrics most = Best(point => point.Precision);
        return most.Precision >= atLeast
            ? Best(point => point.Precision >= atLeast ? point.Recall : double.NegativeInfinity)
            : throw Refusal.Argument(
                $"No threshold has a precision of {atLeast}: the highest is {most.Precision:G6}, at the threshold {most.Threshold:G6}.", nameof(atLeast));
    }

    /// <summary>Finds the threshold with the highest precision among those of a recall; of several the highest.</summary>
    /// <param name="atLeast">The recall that is wanted, above 0 and at most 1.</param>
    /// <returns>The metrics at the threshold. There always is one: at the lowest score every positive row is found.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atLeast"/> is NaN, not positive or more than 1.</exception>
    public BinaryMetrics WithRecall(double atLeast)
    {
        RequireShare(atLeast);
        return Best(point => point.Recall >= atLeast ? point.Precision : double.NegativeInfinity);
    }

    private static ThresholdCurve Create(ScoreSteps steps, string parameterName) => new(steps.RequireBoth("a choice of thresholds", parameterName));

    private static void RequireShare(double atLeast)
    {
        if (!(atLeast > 0 && atLeast <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(atLeast), atLeast, "It must be above 0 and at most 1.");
        }
    }

    // Strictly greater: of several equals the first, which has the highest threshold.
    private BinaryMetrics Best(Func<BinaryMetrics, double> merit)
    {
        BinaryMetrics best = _points[0];
        double most = merit(best);
        foreach (BinaryMetrics point in _points.AsSpan(1))
        {
            double found = merit(point);
            if (found > most)
            {
                best = point;
                most = found;
            }
        }

        return best;
    }

    private BinaryMetrics MetricsOf(ScoreSteps.Step step) =>
        new(step.Threshold, step.TruePositives, step.FalsePositives, _negatives - step.FalsePositives, _positives - step.TruePositives);
}
