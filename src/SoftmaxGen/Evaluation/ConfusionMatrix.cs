using System.Globalization;
using System.Text;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>How many rows of each class were predicted to be of each class. Immutable and thread-safe.</summary>
public sealed class ConfusionMatrix
{
    private readonly ModelShape _shape;
    private readonly int[] _counts;

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class.</summary>
    /// <param name="shape">The shape of the model: its classes, their labels and names.</param>
    /// <param name="actual">The <c>n</c> true labels.</param>
    /// <param name="predicted">The <c>n</c> predicted labels.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or a label is out of range.</exception>
    public ConfusionMatrix(ModelShape shape, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
        : this(shape, Count(shape, actual, predicted))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="counts">The counts, <c>C x C</c>, row-major: actual classes in rows, predicted ones in columns; at least one is positive.</param>
    internal ConfusionMatrix(ModelShape shape, int[] counts)
    {
        _shape = shape;
        _counts = counts;
        PerClass = Array.AsReadOnly([.. Enumerable.Range(0, shape.Classes).Select(Metrics)]);
        RowCount = PerClass.Sum(metrics => metrics.Support);
        Correct = Enumerable.Range(0, shape.Classes).Sum(index => At(index, index));
        Macro = Averaged(_ => 1.0 / shape.Classes);
        Weighted = Averaged(metrics => (double)metrics.Support / RowCount);
    }

    /// <summary>Gets the number of rows, at least 1.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of rows predicted rightly.</summary>
    public int Correct { get; }

    /// <summary>Gets the share of the rows predicted rightly.</summary>
    public double Accuracy => (double)Correct / RowCount;

    /// <summary>Gets the metrics of each class, that of the first label first.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>Gets the plain mean over all classes of the model; a class without rows counts like any other.</summary>
    public AveragedMetrics Macro { get; }

    /// <summary>Gets the mean over the classes by their numbers of rows.</summary>
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

    /// <summary>Gets the metrics of a class.</summary>
    /// <param name="label">Its label.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is out of range.</exception>
    public ClassMetrics ForClass(int label) => PerClass[ClassIndex(label, nameof(label))];

    /// <summary>Writes the counts as a table, actual classes in rows and predicted ones in columns, in the invariant culture.</summary>
    /// <returns>The table, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        const string Corner = "actual \\ predicted";
        string[] names = [.. PerClass.Select(metrics => metrics.Name)];
        int first = Math.Max(Corner.Length, names.Max(name => name.Length));
        int[] widths = [.. names.Select((name, index) => 2 + Math.Max(name.Length, WidestCount(index)))];

        var text = new StringBuilder();
        text.Append(Corner.PadRight(first));
        text.AppendJoin("", names.Select((name, index) => name.PadLeft(widths[index]))).Append('\n');
        for (int actual = 0; actual < names.Length; actual++)
        {
            text.Append(names[actual].PadRight(first));
            text.AppendJoin("", widths.Select((width, predicted) => Text(At(actual, predicted)).PadLeft(width))).Append('\n');
        }

        return text.ToString();

        int WidestCount(int predicted) => Enumerable.Range(0, names.Length).Max(actual => Text(At(actual, predicted)).Length);

        static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
    }

    private static int[] Count(ModelShape shape, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Guard.AtLeastOneRow(actual.Length, 1, nameof(actual));
        Guard.Length(predicted.Length, actual.Length, nameof(predicted));
        Guard.Labels(actual, shape, nameof(actual));
        Guard.Labels(predicted, shape, nameof(predicted));
        int[] counts = new int[shape.Classes * shape.Classes];
        for (int row = 0; row < actual.Length; row++)
        {
            counts[(shape.IndexOf(actual[row]) * shape.Classes) + shape.IndexOf(predicted[row])]++;
        }

        return counts;
    }

    private int At(int actual, int predicted) => _counts[(actual * _shape.Classes) + predicted];

    private int ClassIndex(int label, string parameterName)
    {
        int index = _shape.IndexOf(label);
        return index >= 0
            ? index
            : throw new ArgumentOutOfRangeException(
                parameterName, label, string.Create(CultureInfo.InvariantCulture, $"The label is {label}; {_shape.LabelsText}."));
    }

    private ClassMetrics Metrics(int index)
    {
        int support = Enumerable.Range(0, _shape.Classes).Sum(predicted => At(index, predicted));
        int predictions = Enumerable.Range(0, _shape.Classes).Sum(actual => At(actual, index));
        int hits = At(index, index);
        return new ClassMetrics
        {
            Label = _shape.Label(index),
            Name = _shape.ClassName(index),
            Precision = Share(hits, predictions),
            Recall = Share(hits, support),
            F1 = Share(2.0 * hits, (double)predictions + support),
            Support = support,
        };
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private AveragedMetrics Averaged(Func<ClassMetrics, double> share) => new(
        PerClass.Sum(metrics => share(metrics) * metrics.Precision),
        PerClass.Sum(metrics => share(metrics) * metrics.Recall),
        PerClass.Sum(metrics => share(metrics) * metrics.F1));
}
