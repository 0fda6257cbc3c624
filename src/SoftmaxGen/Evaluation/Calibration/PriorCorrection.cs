using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Takes class weights out of the probabilities of a model, or gives them other frequencies of the classes, by moving the biases alone. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// To weigh the rows of class <c>k</c> by <c>c_k</c> is to train on a population where the class occurs <c>c_k</c> times as often: the model that
/// fits has <c>P'(k|x)</c> proportional to <c>c_k P(k|x)</c>. The bias of the class less <c>log c_k</c> gives <c>P</c> back, exactly, for every row
/// (Elkan, <i>The foundations of cost-sensitive learning</i>, 2001; King and Zeng, <i>Logistic regression in rare events data</i>, 2001).
/// </para>
/// <para>
/// What a weighted fit finds is still not, to the last digit, what an unweighted one would find: both estimate the same slopes from the same rows
/// with other weights. Nor does the correction mend what else may be wrong: a penalty too strong, label smoothing, classes that linear scores do not
/// describe. See <see cref="VectorScaling"/> and <see cref="PlattScaling"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// TrainingResult&lt;ChurnModel&gt; fit = ChurnModel.Train(rows, labels, new TrainingOptions { ClassWeights = ClassWeights.Balanced });
/// ChurnModel calibrated = PriorCorrection.RemoveClassWeights(fit.Model, ClassWeights.Balanced, labels);
/// </code>
/// </example>
public static class PriorCorrection
{
    /// <summary>Takes class weights out of the model of a training: those of its options, for the classes of its training set.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="result">What the training found.</param>
    /// <param name="set">The training set.</param>
    /// <returns>The model with other biases, their mean 0; the model itself where the training had no class weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">The training set has another number of rows than that of the training.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public static TModel RemoveClassWeights<TModel, T>(TrainingResult<TModel> result, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(set);
        IMeanLoss loss = set;
        long trained = result.Rows;
        if (trained != loss.RowCount)
        {
            throw Refusal.Argument($"The set has {loss.RowCount} rows; the model was trained on {trained}.", nameof(set));
        }

        return result.Options.ClassWeights is { } classWeights
            ? RemoveClassWeights<TModel, T>(result.Model, classWeights.For(loss.ClassTotals, nameof(set)))
            : result.Model;
    }

    /// <summary>Takes class weights out of a model that was trained with them.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="classWeights">The class weights of its training.</param>
    /// <param name="labels">The labels of its training, by which <see cref="ClassWeights.Balanced"/> knows how many rows each class had.</param>
    /// <param name="rowWeights">The weights of the rows of its training; empty where every row weighed 1.</param>
    /// <returns>The model with other biases, their mean 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="classWeights"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no label, a label is out of range, a class has no row of positive weight, or weights were given for another number of rows or
    /// classes.
    /// </exception>
    public static TModel RemoveClassWeights<TModel, T>(
        ISoftmaxModel<TModel, T> model, ClassWeights classWeights, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(classWeights);
        ModelShape shape = TModel.Shape;
        Guard.AtLeastOneRow(labels.Length, 1, nameof(labels));
        int[] copy = Guard.CopyOfLabels(labels, shape, nameof(labels));
        RowWeightRules.Require(rowWeights, labels.Length);
        double[] totals = new double[shape.Classes];
        for (int row = 0; row < copy.Length; row++)
        {
            totals[shape.IndexOf(copy[row])] += rowWeights.IsEmpty ? 1 : double.CreateTruncating(rowWeights[row]);
        }

        RowWeightRules.RequireTotal(totals.Sum(), nameof(rowWeights));
        return RemoveClassWeights<TModel, T>(model, classWeights.For(totals, nameof(classWeights)));
    }

    /// <summary>Takes class weights out of a model that was trained with them.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="classWeights">The <c>C</c> class weights of its training in the order of the labels, finite and positive.</param>
    /// <returns>The model with other biases, their mean 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not <c>C</c>, or a weight is not finite and positive.</exception>
    public static TModel RemoveClassWeights<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<double> classWeights)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        double[] logarithms = Logarithms(classWeights, TModel.Shape.Classes, nameof(classWeights));
        return Moved<TModel, T>(model, Array.ConvertAll(logarithms, static logarithm => -logarithm));
    }

    /// <summary>
    /// Gives a model other frequencies of the classes: those of the population that it is to predict, if it was trained on another.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="trainingPriors">The <c>C</c> frequencies of the classes in the training, in the order of the labels; counts will do.</param>
    /// <param name="newPriors">The <c>C</c> frequencies of the population; counts will do.</param>
    /// <returns>The model with other biases, their mean 0: <c>P'(k|x)</c> is proportional to <c>P(k|x) new_k / old_k</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">A length is not <c>C</c>, or a frequency is not finite and positive.</exception>
    public static TModel ToPriors<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<double> trainingPriors, ReadOnlySpan<double> newPriors)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        double[] before = Logarithms(trainingPriors, TModel.Shape.Classes, nameof(trainingPriors));
        double[] after = Logarithms(newPriors, TModel.Shape.Classes, nameof(newPriors));
        return Moved<TModel, T>(model, [.. after.Zip(before, static (a, b) => a - b)]);
    }

    private static TModel Moved<TModel, T>(ISoftmaxModel<TModel, T> model, double[] biases)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] scales = new double[biases.Length];
        Array.Fill(scales, 1);
        return FoldedWeights.ToModel<TModel, T>(Precision.Widen(model.Weights), scales, biases, model.FeatureMoments);
    }

    private static double[] Logarithms(ReadOnlySpan<double> numbers, int classes, string parameterName)
    {
        Guard.Length(numbers.Length, classes, parameterName);
        double[] logarithms = new double[classes];
        for (int j = 0; j < classes; j++)
        {
            if (!(numbers[j] > 0) || double.IsPositiveInfinity(numbers[j]))
            {
                throw Refusal.Argument($"The number of class {j} (counted from 0) is {numbers[j]}; it must be finite and positive.", parameterName);
            }

            logarithms[j] = Math.Log(numbers[j]);
        }

        return logarithms;
    }
}
