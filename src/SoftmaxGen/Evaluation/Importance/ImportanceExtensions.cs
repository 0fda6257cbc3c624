using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen;

/// <summary>Tells which features a model needs. Thread-safe.</summary>
/// <example>
/// <code>
/// foreach (StandardizedWeight weight in fit.Model.StandardizedWeights().OrderByDescending(weight => weight.Importance))
/// {
///     Console.WriteLine(weight);
/// }
/// </code>
/// </example>
public static class ImportanceExtensions
{
    /// <summary>The order in which the rows lend their values of a feature.</summary>
    /// <param name="feature">The feature, or the group of features.</param>
    /// <param name="repeat">The number of the shuffle.</param>
    /// <returns>For each row, the row whose value it gets.</returns>
    internal delegate int[] Shuffle(int feature, int repeat);

    /// <summary>Scales the weights to features of deviation 1 in the training rows, as the model knows them.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">
    /// The model, which knows its <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: one that was trained, or loaded from the file of such a one.
    /// </param>
    /// <returns>The weights of each feature, in the order of the features.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows no moments; give them.</exception>
    public static IReadOnlyList<StandardizedWeight> StandardizedWeights<TModel, T>(this ISoftmaxModel<TModel, T> model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => StandardizedWeights(model, FeatureMoments.Require(model));

    /// <summary>
    /// Scales the weights to features of deviation 1. Of features that go together each may have a small weight although all of them together matter; see
    /// <see cref="PermutationImportance{TModel, T}(ISoftmaxModel{TModel, T}, ReadOnlySpan{T}, ReadOnlySpan{int}, int, int)"/>, which has the same limit.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="moments">The deviations of the features in the training rows.</param>
    /// <returns>The weights of each feature, in the order of the features.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="moments"/> is null.</exception>
    /// <exception cref="ArgumentException">The moments are those of another number of features.</exception>
    public static IReadOnlyList<StandardizedWeight> StandardizedWeights<TModel, T>(this ISoftmaxModel<TModel, T> model, FeatureMoments moments)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(moments);
        ModelShape shape = TModel.Shape;
        Guard.Moments(moments, shape.Features, nameof(moments));
        var standardized = new StandardizedWeight[shape.Features];
        for (int k = 0; k < standardized.Length; k++)
        {
            double[] weights = new double[shape.Classes];
            for (int j = 0; j < weights.Length; j++)
            {
                weights[j] = double.CreateTruncating(model.Weights[(j * (shape.Features + 1)) + k + 1]);
            }

            double mean = weights.Average();
            double deviation = moments.Deviations[k];
            double[] scaled = Array.ConvertAll(weights, weight => deviation * (weight - mean));
            standardized[k] = new StandardizedWeight
            {
                Feature = k,
                Name = shape.FeatureName(k),
                Weights = Array.AsReadOnly(scaled),
                Importance = Math.Sqrt(scaled.Sum(weight => weight * weight)),
            };
        }

        return Array.AsReadOnly(standardized);
    }

    /// <summary>
    /// Measures how much worse the model does when the values of one feature are shuffled among the rows (Breiman, <i>Random forests</i>, 2001; scikit-learn's
    /// <c>permutation_importance</c>): best on rows that the model was not trained on. Features that go together stand in for one another, and seem less
    /// important than they are together. It costs <c>m repeats</c> evaluations.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="repeats">The number of shuffles of each feature, at least 1. The default is 5.</param>
    /// <param name="seed">What the shuffles depend on: the same for the same number on every machine. The default is 0.</param>
    /// <returns>The importance of each feature, in the order of the features.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a feature is not finite, or the scores of a row overflow.
    /// </exception>
    public static IReadOnlyList<PermutationImportance> PermutationImportance<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, int repeats = 5, int seed = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        LabelledRows<T> checkedRows = LabelledRows<T>.Check(rows, labels, default, TModel.Shape);
        return Permute(model, checkedRows, repeats, Shuffled(checkedRows.Count, seed));
    }

    /// <summary>
    /// Measures how much worse the model does, by the weights of the rows, when the values of one feature are shuffled among them. The set may have
    /// been made of rows and labels of the user's types.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; those of weight 0 are left out.</param>
    /// <param name="repeats">The number of shuffles of each feature, at least 1. The default is 5.</param>
    /// <param name="seed">What the shuffles depend on: the same for the same number on every machine. The default is 0.</param>
    /// <returns>The importance of each feature, in the order of the features.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The set has soft labels or offsets, or the scores of a row overflow.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static IReadOnlyList<PermutationImportance> PermutationImportance<TModel, T>(
        this ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set, int repeats = 5, int seed = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        LabelledRows<T> rows = UnpackedRows.Copy(set, nameof(set));
        return Permute(model, rows, repeats, Shuffled(rows.Count, seed));
    }

    /// <summary>
    /// Measures how much worse the model does when the values of one member of its rows are shuffled among them: all columns of the member go together, and the
    /// products with those of others go with them. Columns alone tell little of a category, of which each seems to matter less the more levels there are. A
    /// cross is shuffled apart from its members, which tells what the two do together beyond what each does. It costs <c>repeats</c> evaluations a group.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="repeats">The number of shuffles of each group, at least 1. The default is 5.</param>
    /// <param name="seed">What the shuffles depend on: the same for the same number on every machine. The default is 0.</param>
    /// <returns>The importance of each of <see cref="ModelShape.FeatureGroups"/>, in their order; of each feature where the model has no row type.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a feature is not finite, or the scores of a row overflow.
    /// </exception>
    public static IReadOnlyList<PermutationImportance> PermutationImportanceByGroup<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, int repeats = 5, int seed = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        LabelledRows<T> checkedRows = LabelledRows<T>.Check(rows, labels, default, TModel.Shape);
        return Permute(model, checkedRows, repeats, Shuffled(checkedRows.Count, seed), Groups(TModel.Shape));
    }

    /// <summary>
    /// Measures how much worse the model does, by the weights of the rows, when the values of one member are shuffled among them. The set is made of rows of
    /// the program's own type, by the <c>CreateTrainingSet</c> of the model.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; those of weight 0 are left out.</param>
    /// <param name="repeats">The number of shuffles of each group, at least 1. The default is 5.</param>
    /// <param name="seed">What the shuffles depend on: the same for the same number on every machine. The default is 0.</param>
    /// <returns>The importance of each of <see cref="ModelShape.FeatureGroups"/>, in their order; of each feature where the model has no row type.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="repeats"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The set has soft labels or offsets, or the scores of a row overflow.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static IReadOnlyList<PermutationImportance> PermutationImportanceByGroup<TModel, T>(
        this ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set, int repeats = 5, int seed = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        LabelledRows<T> rows = UnpackedRows.Copy(set, nameof(set));
        return Permute(model, rows, repeats, Shuffled(rows.Count, seed), Groups(TModel.Shape));
    }

    /// <summary>Measures importances with given shuffles.</summary>
    internal static IReadOnlyList<PermutationImportance> Permute<TModel, T>(
        ISoftmaxModel<TModel, T> model, LabelledRows<T> rows, int repeats, Shuffle shuffle, IReadOnlyList<FeatureGroup>? groups = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        groups ??= Singles(TModel.Shape);
        Evaluation before = EvaluationExtensions.Evaluate(model, rows);
        var shuffled = new ShuffledRows<T>(rows.Rows, TModel.Shape.Features, groups);
        var importances = new PermutationImportance[groups.Count];
        double[] losses = new double[repeats];
        double[] drops = new double[repeats];
        for (int group = 0; group < importances.Length; group++)
        {
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                shuffled.Shuffle(group, shuffle(group, repeat));
                Evaluation after = EvaluationExtensions.Evaluate(model, rows with { Rows = shuffled.Rows });
                losses[repeat] = after.LogLoss - before.LogLoss;
                drops[repeat] = before.Accuracy - after.Accuracy;
            }

            shuffled.Restore(group);
            importances[group] = new PermutationImportance
            {
                Feature = group,
                Name = groups[group].Name,
                LogLossIncrease = losses.Average(),
                LogLossDeviation = Deviation(losses),
                AccuracyDrop = drops.Average(),
                AccuracyDeviation = Deviation(drops),
            };
        }

        return Array.AsReadOnly(importances);
    }

    private static IReadOnlyList<FeatureGroup> Groups(ModelShape shape) => shape.FeatureGroups.Count > 0 ? shape.FeatureGroups : Singles(shape);

    private static FeatureGroup[] Singles(ModelShape shape) =>
        [.. Enumerable.Range(0, shape.Features).Select(k => new FeatureGroup(shape.FeatureName(k), k, 1))];

    private static Shuffle Shuffled(int rows, int seed)
    {
        var random = new SplitMix64(seed);
        int[] order = [.. Enumerable.Range(0, rows)];
        return (_, _) =>
        {
            random.Shuffle(order);
            return order;
        };
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
