using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// Isotonic calibration of two classes (Zadrozny and Elkan, <i>Transforming classifier scores into accurate multiclass probability estimates</i>,
/// 2002): the rising function of a score that fits the rows best by least squares. It can mend any rising distortion, and needs some thousand rows
/// for that. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Found by pooling adjacent violators (Barlow and others, <i>Statistical inference under order restrictions</i>, 1972). Between the points the
/// function is linear, and beyond the first and the last it is constant, as <c>IsotonicRegression(out_of_bounds="clip")</c> of scikit-learn has it.
/// No softmax model has such probabilities, so that there is no calibrated model: the function is applied to the probabilities of the model.
/// </remarks>
/// <example>
/// <code>
/// IsotonicCalibration calibration = IsotonicCalibration.Create(model, heldOutRows, heldOutLabels);
/// double probability = calibration.PredictProbability(model, row);
/// </code>
/// </example>
public sealed class IsotonicCalibration
{
    private const string ForTwo = "isotonic calibration is for two.";

    private readonly double[] _scores;
    private readonly double[] _probabilities;

    private IsotonicCalibration(ScoreSteps steps)
    {
        (_scores, _probabilities) = PooledViolators.Fit(steps);
        Scores = Array.AsReadOnly(_scores);
        Probabilities = Array.AsReadOnly(_probabilities);
    }

    /// <summary>Gets the scores of the points, ascending. Points within a constant stretch are left out.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Gets the probabilities of the points, rising, each from 0 to 1.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>Finds the function for scores of any classifier.</summary>
    /// <param name="scores">The <c>n</c> scores or probabilities, finite: the higher, the more positive.</param>
    /// <param name="isPositive">Which of the <c>n</c> rows are positive.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a number is not valid, or there is no positive or no negative row of positive weight.
    /// </exception>
    public static IsotonicCalibration Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> rowWeights = default) =>
        new(ScoreSteps.Create(scores, isPositive, rowWeights).RequireBoth("an isotonic calibration", nameof(isPositive)));

    /// <summary>Finds the function for the probabilities that a model gives to the second of two classes.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, or
    /// a class has no row of positive weight.
    /// </exception>
    public static IsotonicCalibration Create<TModel, T>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, ForTwo);
        return Create(model, LabelledRows<T>.Check(rows, labels, rowWeights, TModel.Shape));
    }

    /// <summary>
    /// Finds the function for the probabilities of the second of two classes on a set, which takes rows and labels of the user's types.
    /// </summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the set has soft labels or offsets, the scores of a row overflow, or a class has no row of positive
    /// weight.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static IsotonicCalibration Create<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, ForTwo);
        return Create(model, UnpackedRows.Copy(set, nameof(set)));
    }

    /// <summary>Applies the function to a score. Nothing is allocated.</summary>
    /// <param name="score">The score, of the kind that the calibration was found for; not NaN.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="score"/> is NaN.</exception>
    public double Calibrate(double score) => Calibrate(score, nameof(score));

    /// <summary>Applies the function to many scores. Nothing is allocated.</summary>
    /// <param name="scores">The scores, of the kind that the calibration was found for; none is NaN.</param>
    /// <param name="probabilities">Receives the probabilities, in the order of the scores; may be the scores themselves.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A score is NaN.</exception>
    public void Calibrate(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        Guard.Length(probabilities.Length, scores.Length, nameof(probabilities));
        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] = Calibrate(scores[i], nameof(scores));
        }
    }

    /// <summary>Computes the calibrated probability of the second class for one row. Nothing is allocated.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model that the calibration was found for.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <returns>The probability of the second class.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the length is not <c>m</c>, a feature is not finite, or a score overflows.
    /// </exception>
    public double PredictProbability<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> features)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, ForTwo);
        Span<T> probabilities = stackalloc T[2];
        model.PredictProbabilities(features, probabilities);
        return Calibrate(double.CreateTruncating(probabilities[1]), nameof(features));
    }

    private static IsotonicCalibration Create<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ScoreSteps steps = ClassProbabilities.Create(model, rows).Against(1, byRest: false);
        return new IsotonicCalibration(steps.RequireBoth("an isotonic calibration", rows.LabelsName));
    }

    private double Calibrate(double score, string parameterName)
    {
        if (double.IsNaN(score))
        {
            throw new ArgumentOutOfRangeException(parameterName, score, "A score must be a number.");
        }

        int found = Array.BinarySearch(_scores, score);
        if (found >= 0)
        {
            return _probabilities[found];
        }

        int above = ~found;
        if (above == 0 || above == _scores.Length)
        {
            return _probabilities[above == 0 ? 0 : ^1];
        }

        // Halves first: the distance of two numbers near the largest overflows.
        double share = ((score / 2) - (_scores[above - 1] / 2)) / ((_scores[above] / 2) - (_scores[above - 1] / 2));
        return _probabilities[above - 1] + (share * (_probabilities[above] - _probabilities[above - 1]));
    }
}
