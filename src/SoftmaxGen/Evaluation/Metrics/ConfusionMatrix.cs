using System.Globalization;
using System.Text;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// How many rows of each class were predicted to be of each class, and what they weigh. Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// var matrix = ConfusionMatrix.Of&lt;Species&gt;(FlowerModel.Shape, species, predictedSpecies);
/// int confused = matrix.Count(Species.Versicolor, Species.Virginica);
/// </code>
/// </example>
public sealed class ConfusionMatrix
{
    private readonly ModelShape _shape;
    private readonly int[] _counts;
    private readonly double[] _weights;

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class.</summary>
    /// <param name="shape">The shape of the model: its classes, their labels and names.</param>
    /// <param name="actual">The <c>n</c> true labels.</param>
    /// <param name="predicted">The <c>n</c> predicted labels.</param>
    /// <param name="rowWeights">
    /// The <c>n</c> weights of the rows, finite and not negative: a row of weight 0 does not count. Empty: every row weighs 1.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths differ, there is no row, a label is out of range, a weight is not valid, all are 0, or their sum overflows.
    /// </exception>
    public ConfusionMatrix(ModelShape shape, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, ReadOnlySpan<double> rowWeights = default)
        : this(CountRows(shape, actual, predicted, rowWeights), shape)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class.</summary>
    /// <param name="counts">The counts, <c>C x C</c>, row-major: actual classes in rows, predicted ones in columns; at least one is positive.</param>
    /// <param name="weights">The sums of the rows' weights, in the same order; null: every row weighs 1.</param>
    /// <param name="shape">The shape of the model.</param>
    internal ConfusionMatrix(int[] counts, double[]? weights, ModelShape shape)
    {
        _shape = shape;
        _counts = counts;
        _weights = weights ?? Array.ConvertAll(counts, count => (double)count);
        IsWeighted = weights is not null;
        PerClass = Array.AsReadOnly([.. Enumerable.Range(0, shape.Classes).Select(Metrics)]);
        RowCount = PerClass.Sum(metrics => metrics.Support);
        TotalWeight = PerClass.Sum(metrics => metrics.Weight);
        RowWeightRules.RequireTotal(TotalWeight, "rowWeights");
        Accuracy = Enumerable.Range(0, shape.Classes).Sum(index => WeightAt(index, index)) / TotalWeight;
        Correct = Enumerable.Range(0, shape.Classes).Sum(index => At(index, index));
        Macro = Averaged(_ => 1.0 / shape.Classes);
        Weighted = Averaged(metrics => metrics.Weight / TotalWeight);
    }

    private ConfusionMatrix((int[] Counts, double[]? Weights) rows, ModelShape shape)
        : this(rows.Counts, rows.Weights, shape)
    {
    }

    /// <summary>Counts rows by labels of an enum.</summary>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="actual">The <c>n</c> true labels.</param>
    /// <param name="predicted">The <c>n</c> predicted labels.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative. Empty: every row weighs 1.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths differ, there is no row, a label is no class, a weight is not valid, all are 0, or their sum overflows.
    /// </exception>
    public static ConfusionMatrix Of<TLabel>(
        ModelShape shape, ReadOnlySpan<TLabel> actual, ReadOnlySpan<TLabel> predicted, ReadOnlySpan<double> rowWeights = default)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new ConfusionMatrix(
            shape, LabelNumber.Of(actual, shape, nameof(actual)), LabelNumber.Of(predicted, shape, nameof(predicted)), rowWeights);
    }

    /// <summary>Gets the number of rows, at least 1; those of weight 0 do not count.</summary>
    public int RowCount { get; }

    /// <summary>Gets the sum of the rows' weights: their number where rows have no weights.</summary>
    public double TotalWeight { get; }

    /// <summary>Gets the number of rows predicted rightly.</summary>
    public int Correct { get; }

    /// <summary>Gets a value indicating whether the rows have weights.</summary>
    internal bool IsWeighted { get; }

    /// <summary>Gets the share of the rows, by their weights, that were predicted rightly.</summary>
    public double Accuracy { get; }

    /// <summary>Gets the metrics of each class, that of the first label first.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>Gets the plain mean over all classes of the model; a class without rows counts like any other.</summary>
    public AveragedMetrics Macro { get; }

    /// <summary>Gets the mean over the classes by the weights of their rows.</summary>
    public AveragedMetrics Weighted { get; }

    /// <summary>
    /// Gets the metrics of all decisions taken together. Each row has one class and one prediction, so that every false positive of one class is a
    /// false negative of another: precision, recall and F1 are all the accuracy.
    /// </summary>
    public AveragedMetrics Micro => new(Accuracy, Accuracy, Accuracy);

    /// <summary>Gets the number of rows of one class that were predicted to be of another, or of the same.</summary>
    /// <param name="actual">The true label.</param>
    /// <param name="predicted">The predicted label.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public int this[int actual, int predicted] => At(ClassIndex(actual, nameof(actual)), ClassIndex(predicted, nameof(predicted)));

    /// <summary>Gets the number of rows of one class that were predicted to be of another, or of the same.</summary>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <param name="actual">The true label.</param>
    /// <param name="predicted">The predicted label.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public int Count<TLabel>(TLabel actual, TLabel predicted)
        where TLabel : unmanaged, Enum => At(ClassIndex(actual, nameof(actual)), ClassIndex(predicted, nameof(predicted)));

    /// <summary>Gets the weight of the rows of one class that were predicted to be of another, or of the same.</summary>
    /// <param name="actual">The true label.</param>
    /// <param name="predicted">The predicted label.</param>
    /// <returns>The sum of the rows' weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public double Weight(int actual, int predicted) => WeightAt(ClassIndex(actual, nameof(actual)), ClassIndex(predicted, nameof(predicted)));

    /// <summary>Gets the weight of the rows of one class that were predicted to be of another, or of the same.</summary>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <param name="actual">The true label.</param>
    /// <param name="predicted">The predicted label.</param>
    /// <returns>The sum of the rows' weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public double Weight<TLabel>(TLabel actual, TLabel predicted)
        where TLabel : unmanaged, Enum => WeightAt(ClassIndex(actual, nameof(actual)), ClassIndex(predicted, nameof(predicted)));

    /// <summary>Gets the metrics of a class.</summary>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <param name="label">Its label.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is no class.</exception>
    public ClassMetrics ForClass<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum => PerClass[ClassIndex(label, nameof(label))];

    /// <summary>Gets the metrics of a class.</summary>
    /// <param name="label">Its label.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is out of range.</exception>
    public ClassMetrics ForClass(int label) => PerClass[ClassIndex(label, nameof(label))];

    /// <summary>
    /// Writes the counts, or the weights where rows have some, as a table, actual classes in rows and predicted ones in columns, in the invariant culture.
    /// </summary>
    /// <returns>The table, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        const string Corner = "actual \\ predicted";
        string[] names = [.. PerClass.Select(metrics => metrics.Name)];
        int first = Math.Max(Corner.Length, names.Max(name => name.Length));
        int[] widths = [.. names.Select((name, index) => 2 + Math.Max(name.Length, WidestCell(index)))];

        var text = new StringBuilder();
        text.Append(Corner.PadRight(first));
        text.AppendJoin("", names.Select((name, index) => name.PadLeft(widths[index]))).Append('\n');
        for (int actual = 0; actual < names.Length; actual++)
        {
            text.Append(names[actual].PadRight(first));
            text.AppendJoin("", widths.Select((width, predicted) => Cell(actual, predicted).PadLeft(width))).Append('\n');
        }

        return text.ToString();

        int WidestCell(int predicted) => Enumerable.Range(0, names.Length).Max(actual => Cell(actual, predicted).Length);

        string Cell(int actual, int predicted) => IsWeighted
            ? WeightAt(actual, predicted).ToString("G6", CultureInfo.InvariantCulture)
            : At(actual, predicted).ToString(CultureInfo.InvariantCulture);
    }

    private static (int[] Counts, double[]? Weights) CountRows(
        ModelShape shape, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted, ReadOnlySpan<double> rowWeights)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Guard.AtLeastOneRow(actual.Length, 1, nameof(actual));
        Guard.Length(predicted.Length, actual.Length, nameof(predicted));
        int[] actualCopy = Guard.CopyOfLabels(actual, shape, nameof(actual));
        int[] predictedCopy = Guard.CopyOfLabels(predicted, shape, nameof(predicted));
        RowWeightRules.RequirePositive(rowWeights, actual.Length);
        int[] counts = new int[shape.Classes * shape.Classes];
        double[]? weights = rowWeights.IsEmpty ? null : new double[counts.Length];
        for (int row = 0; row < actualCopy.Length; row++)
        {
            int index = Index(shape, actualCopy[row], predictedCopy[row]);
            double weight = weights is null ? 1 : rowWeights[row];
            counts[index] += weight > 0 ? 1 : 0;
            if (weights is not null)
            {
                weights[index] += weight;
            }
        }

        return (counts, weights);
    }

    private static int Index(ModelShape shape, int actual, int predicted) =>
        (shape.IndexOf(actual) * shape.Classes) + shape.IndexOf(predicted);

    private int At(int actual, int predicted) => _counts[(actual * _shape.Classes) + predicted];

    private double WeightAt(int actual, int predicted) => _weights[(actual * _shape.Classes) + predicted];

    private int ClassIndex<TLabel>(TLabel label, string parameterName)
        where TLabel : unmanaged, Enum => LabelNumber.IndexOf(label, _shape) is >= 0 and int index
        ? index
        : throw new ArgumentOutOfRangeException(parameterName, label, $"The label is {label}, which is no class.");

    private int ClassIndex(int label, string parameterName)
    {
        int index = _shape.IndexOf(label);
        return index >= 0
            ? index
            : throw Refusal.OutOfRange(parameterName, label, $"The label is {label}; {_shape.LabelsText}.");
    }

    private ClassMetrics Metrics(int index)
    {
        int support = Enumerable.Range(0, _shape.Classes).Sum(predicted => At(index, predicted));
        double weight = Enumerable.Range(0, _shape.Classes).Sum(predicted => WeightAt(index, predicted));
        double predictions = Enumerable.Range(0, _shape.Classes).Sum(actual => WeightAt(actual, index));
        double hits = WeightAt(index, index);
        return new ClassMetrics
        {
            Label = _shape.Label(index),
            Name = _shape.ClassName(index),
            Precision = Share(hits, predictions),
            Recall = Share(hits, weight),
            F1 = Share(hits, (predictions / 2) + (weight / 2)),
            Support = support,
            Weight = weight,
        };
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private AveragedMetrics Averaged(Func<ClassMetrics, double> share) => new(
        PerClass.Sum(metrics => share(metrics) * metrics.Precision),
        PerClass.Sum(metrics => share(metrics) * metrics.Recall),
        PerClass.Sum(metrics => share(metrics) * metrics.F1));
}
