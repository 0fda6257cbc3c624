using System.Globalization;

namespace SoftmaxGen.Reports;

/// <summary>A row that a model was most wrong about: the class it has got little of the probability. Immutable.</summary>
public sealed record WorstRow
{
    /// <summary>Gets the index of the row, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets what the row is called: a line of a file, say. It is <c>row</c> and the index unless something else is given.</summary>
    public string Name { get => field ?? string.Create(CultureInfo.InvariantCulture, $"row {Index}"); init; }

    /// <summary>Gets the name of its class.</summary>
    public required string Actual { get; init; }

    /// <summary>Gets the name of the class that was predicted.</summary>
    public required string Predicted { get; init; }

    /// <summary>Gets the probability that its class was given.</summary>
    public required double ActualProbability { get; init; }

    /// <summary>Gets the probability that the predicted class was given.</summary>
    public required double PredictedProbability { get; init; }

    /// <summary>Gets what is in the row; empty where nothing is to be shown.</summary>
    public string Content { get; init; } = "";

    /// <summary>Finds the rows whose own class was given the least probability.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="probabilities">The probabilities of the <c>n</c> rows, <c>n x C</c>, row-major, each row in the order of the classes.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="count">The most rows to find; the default is 20.</param>
    /// <returns>
    /// The rows, the worst first; of equals the first row first. Rows that were predicted rightly are among them where there are too few others.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is that of no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static IReadOnlyList<WorstRow> Find(
        ModelShape shape, ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int count = 20)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (probabilities.Length != (long)labels.Length * shape.Classes)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are {probabilities.Length} probabilities for {labels.Length} rows of "
                    + $"{shape.Classes} classes."),
                nameof(probabilities));
        }

        int[] classes = new int[labels.Length];
        double[] own = new double[labels.Length];
        int[] order = new int[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            classes[row] = shape.IndexOf(labels[row]);
            if (classes[row] < 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The label of row {row} is {labels[row]}, which is no class of the model."), nameof(labels));
            }

            own[row] = probabilities[(row * shape.Classes) + classes[row]];
            order[row] = row;
        }

        // Stable: ties keep the order of the rows.
        int[] worst = [.. order.OrderBy(row => own[row]).Take(count)];
        var found = new WorstRow[worst.Length];
        for (int i = 0; i < worst.Length; i++)
        {
            int row = worst[i];
            ReadOnlySpan<double> ofRow = probabilities.Slice(row * shape.Classes, shape.Classes);
            int predicted = 0;
            for (int j = 1; j < ofRow.Length; j++)
            {
                predicted = ofRow[j] > ofRow[predicted] ? j : predicted;
            }

            found[i] = new WorstRow
            {
                Index = row,
                Actual = shape.ClassName(classes[row]),
                Predicted = shape.ClassName(predicted),
                ActualProbability = own[row],
                PredictedProbability = ofRow[predicted],
            };
        }

        return found;
    }
}
