using System.Globalization;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen;

/// <summary>
/// A stratified split of rows into a training part and a test part: the test part has its share of every class. Deterministic: the split depends on the
/// labels, the share and the seed alone, and is the same on every machine. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// The test part has <c>round(share n)</c> rows. Each class first gives the whole part of <c>share n_j</c> rows; the rest is taken, a row each, from
/// the classes with the largest fractions, the first in the order of the rows where they tie: no class is a row or more from its share. The rows of a
/// class are drawn at random. A class never gives its last row, so that the training part has a row of every class; where the rest cannot be taken
/// for this reason, the test part is smaller.
/// </remarks>
/// <example>
/// <code>
/// var split = TrainTestSplit.Of&lt;Species&gt;(species, testShare: 0.25, seed: 1);
/// TrainingResult&lt;FlowerModel&gt; fit = FlowerModel.Train(split.Training&lt;Flower&gt;(flowers), split.Training&lt;Species&gt;(species));
/// Evaluation evaluation = fit.Model.Evaluate(split.Test&lt;Flower&gt;(flowers), split.Test&lt;Species&gt;(species));
/// </code>
/// </example>
public sealed class TrainTestSplit
{
    private readonly int[] _trainingRows;
    private readonly int[] _testRows;

    private TrainTestSplit(int[] trainingRows, int[] testRows)
    {
        _trainingRows = trainingRows;
        _testRows = testRows;
        TrainingRows = Array.AsReadOnly(trainingRows);
        TestRows = Array.AsReadOnly(testRows);
    }

    /// <summary>Gets the indices of the rows to train on, ascending.</summary>
    public IReadOnlyList<int> TrainingRows { get; }

    /// <summary>Gets the indices of the rows to evaluate on, ascending; at least one.</summary>
    public IReadOnlyList<int> TestRows { get; }

    /// <summary>Splits rows by their labels.</summary>
    /// <typeparam name="TLabel">The type of labels: numbers, an enum, strings.</typeparam>
    /// <param name="labels">The label of each row.</param>
    /// <param name="testShare">The share of the rows to evaluate on, above 0 and below 1. The default is 0.25.</param>
    /// <param name="seed">What the draw depends on. The default is 0.</param>
    /// <returns>The split.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testShare"/> is not above 0 and below 1.</exception>
    /// <exception cref="ArgumentException">
    /// There is no row, or the test part would have none: the share is too small for so few rows, or every class has a single row.
    /// </exception>
    public static TrainTestSplit Of<TLabel>(ReadOnlySpan<TLabel> labels, double testShare = 0.25, int seed = 0)
        where TLabel : notnull
    {
        if (!(testShare > 0 && testShare < 1))
        {
            throw Refusal.OutOfRange(nameof(testShare), testShare, $"The share is {testShare}; it must be above 0 and below 1.");
        }

        Guard.AtLeastOneRow(labels.Length, 1, nameof(labels));
        List<List<int>> classes = RowsByClass(labels);
        int[] quotas = Quotas(classes, labels.Length, testShare);
        bool[] isTest = Draw(classes, quotas, labels.Length, seed);
        int[] rows = [.. Enumerable.Range(0, labels.Length)];
        int[] testRows = Array.FindAll(rows, row => isTest[row]);
        return testRows.Length > 0
            ? new TrainTestSplit(Array.FindAll(rows, row => !isTest[row]), testRows)
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{labels.Length} rows of {classes.Count} classes leave none to evaluate on at a share of {testShare}; " +
                    $"the training part keeps one of each class."),
                nameof(labels));
    }

    /// <summary>Copies what belongs to the rows to train on.</summary>
    /// <typeparam name="TItem">The type of what belongs to rows: rows themselves, features, labels, weights.</typeparam>
    /// <param name="items">What belongs to all rows, row by row.</param>
    /// <param name="itemsPerRow">How many items belong to a row: <c>m</c> for features in a row-major array. The default is 1.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="itemsPerRow"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There are not <paramref name="itemsPerRow"/> items for each of the rows that were split.</exception>
    public TItem[] Training<TItem>(ReadOnlySpan<TItem> items, int itemsPerRow = 1) => Select(items, itemsPerRow, _trainingRows);

    /// <summary>Copies what belongs to the rows to evaluate on.</summary>
    /// <typeparam name="TItem">The type of what belongs to rows: rows themselves, features, labels, weights.</typeparam>
    /// <param name="items">What belongs to all rows, row by row.</param>
    /// <param name="itemsPerRow">How many items belong to a row: <c>m</c> for features in a row-major array. The default is 1.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="itemsPerRow"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There are not <paramref name="itemsPerRow"/> items for each of the rows that were split.</exception>
    public TItem[] Test<TItem>(ReadOnlySpan<TItem> items, int itemsPerRow = 1) => Select(items, itemsPerRow, _testRows);

    private TItem[] Select<TItem>(ReadOnlySpan<TItem> items, int itemsPerRow, int[] rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(itemsPerRow, 1);
        Guard.Length(items.Length, Guard.TotalLength(_trainingRows.Length + _testRows.Length, itemsPerRow, nameof(items)), nameof(items));
        return SelectedRows.Copy(items, itemsPerRow, rows);
    }

    // In the order in which the classes first occur, so that nothing depends on how labels hash.
    private static List<List<int>> RowsByClass<TLabel>(ReadOnlySpan<TLabel> labels)
        where TLabel : notnull
    {
        var classes = new List<List<int>>();
        var indices = new Dictionary<TLabel, int>();
        for (int row = 0; row < labels.Length; row++)
        {
            // Read once: another thread may write there.
            TLabel label = labels[row];
            if (!indices.TryGetValue(label, out int index))
            {
                index = classes.Count;
                indices.Add(label, index);
                classes.Add([]);
            }

            classes[index].Add(row);
        }

        return classes;
    }

    private static int[] Quotas(List<List<int>> classes, int rows, double share)
    {
        int[] quotas = [.. classes.Select(ofClass => Math.Min((int)(share * ofClass.Count), ofClass.Count - 1))];
        int rest = (int)Math.Round(share * rows, MidpointRounding.AwayFromZero) - quotas.Sum();
        IEnumerable<int> byFraction = Enumerable.Range(0, classes.Count)
            .Where(index => quotas[index] < classes[index].Count - 1)
            .OrderByDescending(index => (share * classes[index].Count) - quotas[index]);
        foreach (int index in byFraction.Take(Math.Max(rest, 0)).ToArray())
        {
            quotas[index]++;
        }

        return quotas;
    }

    private static bool[] Draw(List<List<int>> classes, int[] quotas, int rows, int seed)
    {
        bool[] isTest = new bool[rows];
        var random = new SplitMix64(seed);
        for (int index = 0; index < classes.Count; index++)
        {
            random.Shuffle(CollectionsMarshal.AsSpan(classes[index]));
            foreach (int row in classes[index].Take(quotas[index]))
            {
                isTest[row] = true;
            }
        }

        return isTest;
    }
}
