using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Vector scaling (Guo, Pleiss, Sun and Weinberger, <i>On calibration of modern neural networks</i>, 2017): a scale and a bias for the logit of each
/// class, so that the probabilities of rows not trained on are as good as they can be. Unlike a temperature it mends wrong mean probabilities: on the
/// rows it was found on, the mean probability of each class is its frequency. Labels may change. Thread-safe.
/// </summary>
/// <remarks>
/// To add one vector to the weights of all classes changes no probability but, under scales that differ, all calibrated ones. The logits that are
/// scaled are therefore those of centred weights, <c>z_k = S_k - mean_j S_j</c>, which depend on the probabilities alone: those of a trained model
/// without changes. Of two classes, whose centred logits are <c>z</c> and <c>-z</c>, both have the same scale.
/// </remarks>
public static class VectorScaling
{
    /// <summary>Finds scales and biases with the least log loss on held-out rows, a convex problem, by Newton's method.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1.</param>
    /// <returns>Scales, biases and the model that has them in its weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, a class has no row of positive weight,
    /// or the model gives all rows the same logit of a class; or there is no optimum, because the rows of a class can be told from the others by
    /// these logits.
    /// </exception>
    /// <example>
    /// <code>
    /// IrisModel calibrated = VectorScaling.Fit(model, heldOutRows, heldOutLabels).Model;
    /// </code>
    /// </example>
    public static VectorScalingResult<TModel> Fit<TModel, T>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Fit(model, LabelledRows<T>.Check(rows, labels, rowWeights, TModel.Shape));
    }

    /// <summary>Finds scales and biases with the least log loss on a set of held-out rows, which takes rows and labels of the user's types.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <returns>Scales, biases and the model that has them in its weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The set has soft labels or offsets, the scores of a row overflow, a class has no row of positive weight, or the model gives all rows the same
    /// logit of a class; or there is no optimum, because the rows of a class can be told from the others by these logits.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static VectorScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Fit(model, UnpackedRows.Copy(set, nameof(set)));
    }

    /// <summary>Requires a row of each class.</summary>
    /// <exception cref="ArgumentException">A class has none.</exception>
    internal static double[] RequireClasses(CalibrationRows rows, string parameterName)
    {
        double[] totals = rows.ClassTotals();
        int missing = Array.IndexOf(totals, 0.0);
        return missing < 0
            ? totals
            : throw new ArgumentException(
                $"The class {ClassTitle.Of(rows.Shape, missing)} has no row of positive weight: its bias has no finite optimum.", parameterName);
    }

    /// <summary>Measures scaled logits.</summary>
    internal static CalibrationMeasures Measure(CalibrationRows rows, double[] scales, double[] biases)
    {
        var before = new CalibrationSums(scales.Length);
        var after = new CalibrationSums(scales.Length);
        double[] logits = new double[scales.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            before.Add(rows.Scores(row), rows.ClassIndices[row], rows.Weights[row]);
            LogitScaling.Logits(rows.Scores(row), logits);
            for (int j = 0; j < logits.Length; j++)
            {
                logits[j] = (scales[j] * logits[j]) + biases[j];
            }

            after.Add(logits, rows.ClassIndices[row], rows.Weights[row]);
        }

        return new CalibrationMeasures(before.LogLoss, after.LogLoss, after.Compare(rows.Shape, before));
    }

    private static VectorScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CalibrationRows scored = CalibrationRows.Create(model, rows);
        double[] targets = new double[RequireClasses(scored, rows.LabelsName).Length];
        Array.Fill(targets, 1);
        (double[] scales, double[] biases) = new LogitScaling(scored, targets, rows.RowsName).Minimize(rows.LabelsName);
        CalibrationMeasures measures = Measure(scored, scales, biases);

        scales[0] = scales.Length == 2 ? scales[1] : scales[0];
        FoldedWeights.Centre(biases, biases.Length, columns: 1);
        double[] weights = Precision.Widen(model.Weights);
        FoldedWeights.Centre(weights, scales.Length, weights.Length / scales.Length);
        return new VectorScalingResult<TModel>(scales, biases, FoldedWeights.ToModel<TModel, T>(weights, scales, biases, model.FeatureMoments), measures);
    }
}
