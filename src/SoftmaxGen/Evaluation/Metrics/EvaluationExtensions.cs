using System.Globalization;
using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>Evaluates models. Thread-safe.</summary>
public static class EvaluationExtensions
{
    // Rows that are checked or taken apart at a time, whole tiles of an evaluation: few, so that caches still have them when they are predicted.
    private const int BatchRows = 512;

    /// <summary>Measures how a model does on rows whose labels are known: best on rows that it was not trained on.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights. The sums are in double whatever it is.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative: weight 2 counts like the row twice, weight 0 like no row. Empty: every row weighs 1.
    /// </param>
    /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a feature is not finite, a weight is not valid, all are 0 or their sum overflows, or
    /// the scores of a row overflow.
    /// </exception>
    /// <example>
    /// How good is a model on rows that it was not trained on?
    /// <code>
    /// Evaluation evaluation = model.Evaluate(heldOutRows, heldOutLabels);
    /// Console.WriteLine(evaluation);                   // a report with the confusion matrix
    /// bool isBetterThanAGuess = evaluation.LogLoss &lt; Math.Log(IrisModel.Classes);
    /// </code>
    /// </example>
    public static Evaluation Evaluate<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        LabelledRows<T> all = LabelledRows<T>.CheckAllButFeatures(rows, labels, rowWeights, TModel.Shape);
        var evaluator = new Evaluator<TModel, T>(model, isWeighted: !rowWeights.IsEmpty);
        for (int first = 0; first < all.Count; first += BatchRows)
        {
            LabelledRows<T> some = all.Slice(first, Math.Min(BatchRows, all.Count - first), TModel.Shape);
            evaluator.Add(some.CheckFeatures(TModel.Shape, first), first);
        }

        return evaluator.Finish();
    }

    /// <summary>
    /// Measures how a model does on the rows of a set, by their weights. A set takes rows and labels of the user's types: see the
    /// <c>CreateTrainingSet</c> of the model.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights. The sums are in double whatever it is.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights.</param>
    /// <returns>Log loss, accuracy, confusion matrix and more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">The set has soft labels or offsets, or the scores of a row overflow.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static Evaluation Evaluate<TModel, T>(this ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(set);
        set.RefuseJoined();
        using Lifetime.Call call = set.Hold();
        var rows = new LabelledBatches<T>(set.Rows, TModel.Shape, Math.Min(BatchRows, set.Rows.Count), nameof(set));
        var evaluator = new Evaluator<TModel, T>(model, set.Rows.HasRowWeights);
        for (int first = 0; rows.HasNext;)
        {
            LabelledRows<T> batch = rows.Next();
            evaluator.Add(batch, first);
            first += batch.Count;
        }

        return evaluator.Finish();
    }

    /// <summary>Measures how a model does on rows that were checked.</summary>
    /// <exception cref="ArgumentException">The scores of a row overflow.</exception>
    internal static Evaluation Evaluate<TModel, T>(ISoftmaxModel<TModel, T> model, LabelledRows<T> rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var evaluator = new Evaluator<TModel, T>(model, isWeighted: !rows.Weights.IsEmpty);
        evaluator.Add(rows, firstRow: 0);
        return evaluator.Finish();
    }

    /// <summary>Refuses a model of more than two classes.</summary>
    /// <exception cref="ArgumentNullException">The model is null.</exception>
    /// <exception cref="ArgumentException">The model has more than two classes.</exception>
    internal static void RequireTwoClasses<TModel, T>(ISoftmaxModel<TModel, T> model, string rule)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        if (TModel.Shape.Classes != 2)
        {
            throw Refusal.Argument($"The model has {TModel.Shape.Classes} classes; {rule}", nameof(model));
        }
    }

    /// <summary>Computes the scores of one of many rows, in double.</summary>
    /// <exception cref="ArgumentException">A score overflows.</exception>
    internal static void Scores<TModel, T>(
        ISoftmaxModel<TModel, T> model, LabelledRows<T> rows, int row, Span<T> typedScores, Span<double> scores, int firstRow = 0)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = TModel.Shape.Features;
        try
        {
            model.PredictScores(rows.Rows.Slice(row * features, features), typedScores);
        }
        catch (ArgumentException overflow)
        {
            // Lengths and features have been checked. The model knows its argument by another name and one row only.
            throw Overflow(firstRow + row, rows.RowsName, overflow);
        }

        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = double.CreateTruncating(typedScores[j]);
            RequireFinite(scores[j], firstRow + row, rows.RowsName);
        }
    }

    /// <summary>Refuses a row whose scores overflow.</summary>
    /// <exception cref="ArgumentException">The number is not finite.</exception>
    internal static void RequireFinite(double number, int row, string parameterName)
    {
        if (!double.IsFinite(number))
        {
            throw Overflow(row, parameterName);
        }
    }

    /// <summary>Says that the scores of a row overflow.</summary>
    internal static ArgumentException Overflow(int row, string parameterName, Exception? cause = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"The scores of row {row} overflow: its features are too large for the model's weights."),
        parameterName,
        cause);
}
