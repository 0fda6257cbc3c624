using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Platt scaling of two classes (Platt, <i>Probabilistic outputs for support vector machines</i>, 1999): the logarithm of the odds, times a slope,
/// plus an intercept, so that the probabilities of rows not trained on are as good as they can be. Unlike a temperature it mends a wrong mean
/// probability. Thread-safe.
/// </summary>
/// <remarks>
/// As in Platt's paper the targets are not 1 and 0 but <c>(n1 + 1) / (n1 + 2)</c> for the rows of the second class and <c>1 / (n0 + 2)</c> for those
/// of the first, where <c>n1</c> and <c>n0</c> are the weights of their rows: there is an optimum even where the classes are separable.
/// <see cref="VectorScaling"/> of two classes is the same without that.
/// </remarks>
public static class PlattScaling
{
    private const string ForTwo = "Platt scaling is for two. VectorScaling is for more.";

    /// <summary>
    /// Finds slope and intercept on held-out rows, by Newton's method (Lin, Lin and Weng, <i>A note on Platt's probabilistic outputs for support vector
    /// machines</i>, 2007).
    /// </summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1.</param>
    /// <returns>Slope, intercept and the model that has them in its weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, a
    /// class has no row of positive weight, or the model gives all rows the same odds.
    /// </exception>
    /// <example>
    /// <code>
    /// ChurnModel calibrated = PlattScaling.Fit(model, heldOutRows, heldOutLabels).Model;
    /// </code>
    /// </example>
    public static PlattScalingResult<TModel> Fit<TModel, T>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, ForTwo);
        return Fit(model, LabelledRows<T>.Check(rows, labels, rowWeights, TModel.Shape));
    }

    /// <summary>Finds slope and intercept on a set of held-out rows, which takes rows and labels of the user's types.</summary>
    /// <typeparam name="TModel">The model class, of two classes.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <returns>Slope, intercept and the model that has them in its weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The model has more than two classes, the set has soft labels or offsets, the scores of a row overflow, a class has no row of positive weight,
    /// or the model gives all rows the same odds.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static PlattScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EvaluationExtensions.RequireTwoClasses(model, ForTwo);
        return Fit(model, UnpackedRows.Copy(set, nameof(set)));
    }

    private static PlattScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CalibrationRows scored = CalibrationRows.Create(model, rows);
        double[] totals = VectorScaling.RequireClasses(scored, rows.LabelsName);
        double[] targets = [.. totals.Select(static total => (total + 1) / (total + 2))];
        (double[] scales, double[] biases) = new LogitScaling(scored, targets, rows.RowsName).Minimize(rows.LabelsName);
        return new PlattScalingResult<TModel>(
            scales[1],
            biases[1],
            FoldedWeights.ToModel<TModel, T>(Precision.Widen(model.Weights), [scales[1], scales[1]], biases, model.FeatureMoments),
            VectorScaling.Measure(scored, scales, biases));
    }
}
