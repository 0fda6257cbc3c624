using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Temperature scaling (Guo, Pleiss, Sun and Weinberger, <i>On calibration of modern neural networks</i>, 2017): one number <c>T</c> by which all
/// scores are divided so that the probabilities of rows not trained on are as good as they can be. Labels stay as they are. Thread-safe.
/// </summary>
/// <remarks>
/// A temperature makes a model more or less sure of itself; it moves no bias. Where the mean probability of a class is not how often the class
/// occurs, as after a training with class weights, it stays wrong: <see cref="TemperatureScalingResult{TModel}.Classes"/> tells.
/// <see cref="PriorCorrection"/> mends the bias that class weights leave, <see cref="PlattScaling"/> and <see cref="VectorScaling"/> any.
/// See also <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/calibration.md">calibration</see>.
/// </remarks>
/// <example>
/// <code>
/// IrisModel calibrated = TemperatureScaling.Fit(model, heldOutRows, heldOutLabels).Model;
/// </code>
/// </example>
public static class TemperatureScaling
{
    /// <summary>
    /// Finds the temperature with the least log loss on held-out rows: by Newton's method on <c>1/T</c>, of which the loss is a convex function.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <returns>The temperature and the scaled model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a feature is not finite, or the scores of a row overflow; or there is no
    /// best temperature: every row's class has the largest score, so that a lower temperature is always better, or the classes' scores are on the
    /// mean no smaller than the score of the row's own class, so that a higher one is.
    /// </exception>
    public static TemperatureScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Fit(model, LabelledRows<T>.Check(rows, labels, default, TModel.Shape));
    }

    /// <summary>
    /// Finds the temperature with the least log loss on held-out rows by their weights: those of a set, which takes rows and labels of the user's
    /// types.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <returns>The temperature and the scaled model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The set has soft labels or offsets, or the scores of a row overflow; or there is no best temperature, for the reasons of the other overload.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static TemperatureScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return Fit(model, UnpackedRows.Copy(set, nameof(set)));
    }

    private static TemperatureScalingResult<TModel> Fit<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var loss = new TemperatureLoss(CalibrationRows.Create(model, rows));
        double inverse = loss.Minimize(rows.LabelsName);
        IReadOnlyList<ClassCalibration> classes = loss.SumsAt(inverse).Compare(TModel.Shape, loss.SumsAt(1));
        var measures = new CalibrationMeasures(loss.ValueAt(1), loss.ValueAt(inverse), classes);
        return new TemperatureScalingResult<TModel>(1 / inverse, Scaled(model, inverse), measures);
    }

    private static TModel Scaled<TModel, T>(ISoftmaxModel<TModel, T> model, double factor)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] weights = model.Weights.ToArray();
        foreach (ref T weight in weights.AsSpan())
        {
            weight = T.CreateTruncating(factor * double.CreateTruncating(weight));
        }

        return TModel.FromWeights(weights, model.FeatureMoments);
    }
}
