using System.Globalization;
using System.Numerics;
using System.Text;

namespace SoftmaxGen;

/// <summary>The curves of every class of a model against all others, and the averages of their areas. Immutable and thread-safe.</summary>
/// <example>
/// <code>
/// OneVersusRest curves = OneVersusRest.Create(model, heldOutRows, heldOutLabels);
/// Console.WriteLine(curves.MacroAreaUnderCurve);
/// </code>
/// </example>
public sealed class OneVersusRest
{
    private readonly ModelShape _shape;
    private readonly double[] _shares;

    private OneVersusRest(ModelShape shape, ClassProbabilities probabilities, string parameterName)
    {
        _shape = shape;
        ClassNames = Array.AsReadOnly([.. Enumerable.Range(0, shape.Classes).Select(shape.ClassName)]);
        double[] totals = probabilities.ClassTotals();
        RowWeightRules.RequireTotal(totals.Sum(), "rowWeights");
        int missing = Array.IndexOf(totals, 0.0);
        if (missing >= 0)
        {
            throw new ArgumentException(
                $"The class {ClassTitle.Of(shape, missing)} has no row of positive weight, and so no curve. RocCurve.Create makes those of single classes.",
                parameterName);
        }

        ScoreSteps[] steps = [.. Enumerable.Range(0, shape.Classes).Select(index => probabilities.Against(index, byRest: true))];
        Roc = Array.AsReadOnly(Array.ConvertAll(steps, step => RocCurve.Create(step, parameterName)));
        PrecisionRecall = Array.AsReadOnly(Array.ConvertAll(steps, step => PrecisionRecallCurve.Create(step, parameterName)));
        _shares = Array.ConvertAll(totals, total => total / totals.Sum());
    }

    /// <summary>Gets the names of the classes, or their labels where they have no names, in the order of the curves.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the ROC curve of each class against the rest, that of the first label first.</summary>
    public IReadOnlyList<RocCurve> Roc { get; }

    /// <summary>Gets the precision-recall curve of each class against the rest, that of the first label first.</summary>
    public IReadOnlyList<PrecisionRecallCurve> PrecisionRecall { get; }

    /// <summary>Gets the plain mean over the classes of the areas under the ROC curves.</summary>
    public double MacroAreaUnderCurve => Roc.Average(curve => curve.AreaUnderCurve);

    /// <summary>Gets the mean of the areas under the ROC curves by the weights of the classes' rows.</summary>
    public double WeightedAreaUnderCurve => Roc.Zip(_shares, (curve, share) => share * curve.AreaUnderCurve).Sum();

    /// <summary>Gets the plain mean over the classes of the average precisions.</summary>
    public double MacroAveragePrecision => PrecisionRecall.Average(curve => curve.AveragePrecision);

    /// <summary>Gets the mean of the average precisions by the weights of the classes' rows.</summary>
    public double WeightedAveragePrecision => PrecisionRecall.Zip(_shares, (curve, share) => share * curve.AveragePrecision).Sum();

    /// <summary>Makes the curves of a model.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative; empty where every row weighs 1. Rows of weight 0 do not count.
    /// </param>
    /// <returns>The curves.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a label is out of range, a number is not valid, the scores of a row overflow, or a class has no row of positive
    /// weight.
    /// </exception>
    public static OneVersusRest Create<TModel, T>(
        ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OneVersusRest(
            TModel.Shape, ClassProbabilities.Create(model, LabelledRows<T>.Check(rows, labels, rowWeights, TModel.Shape)), nameof(labels));
    }

    /// <summary>Makes the curves of a model on a set, which takes rows and labels of the user's types.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="set">The rows with their labels and weights; they should not be those the model was trained on.</param>
    /// <returns>The curves.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The set has soft labels or offsets, the scores of a row overflow, or a class has no row of positive weight.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static OneVersusRest Create<TModel, T>(ISoftmaxModel<TModel, T> model, TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OneVersusRest(TModel.Shape, ClassProbabilities.Create(model, UnpackedRows.Copy(set, nameof(set))), nameof(set));
    }

    /// <summary>Writes the area and the average precision of each class and their means, in the invariant culture.</summary>
    /// <returns>The table, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        const string Weighted = "weighted mean";
        int width = Math.Max(Weighted.Length, Enumerable.Range(0, _shape.Classes).Max(index => _shape.ClassName(index).Length));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"".PadRight(width)}{"ROC area",10}{"average precision",19}\n");
        for (int index = 0; index < _shape.Classes; index++)
        {
            AppendLine(_shape.ClassName(index), Roc[index].AreaUnderCurve, PrecisionRecall[index].AveragePrecision);
        }

        AppendLine("macro mean", MacroAreaUnderCurve, MacroAveragePrecision);
        AppendLine(Weighted, WeightedAreaUnderCurve, WeightedAveragePrecision);
        return text.ToString();

        void AppendLine(string name, double area, double precision) =>
            text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(width)}{area,10:F4}{precision,19:F4}\n");
    }
}
