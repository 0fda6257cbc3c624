using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>
/// Why the likelihood of some rows has no maximum: some of them can be told apart without an error by a linear combination of features, so that
/// larger and larger weights make the loss smaller and smaller (Albert and Anderson,
/// <i>On the existence of maximum likelihood estimates in logistic regression models</i>, Biometrika 71, 1984). Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// using TrainingSet&lt;IrisModel, double> set = IrisModel.CreateTrainingSet(rows, labels);
/// Console.WriteLine(set.FindSeparation()?.ToString() ?? "The likelihood has a maximum.");
/// </code>
/// </example>
public sealed class Separation
{
    private const int MostSentences = 8;

    private readonly double[] _direction;

    internal Separation(double[] direction) => _direction = direction;

    /// <summary>
    /// Gets a value indicating whether the separation is complete: along the <see cref="Direction"/> the score of every row's class is above that of
    /// every other class. It is quasi-complete otherwise: for some rows two scores are equal.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>Gets the number of rows that are strictly separated from every other class.</summary>
    public required int SeparatedRows { get; init; }

    /// <summary>Gets the number of rows whose weight is not 0.</summary>
    public required int RowCount { get; init; }

    /// <summary>
    /// Gets the direction <c>D</c>, <c>C x (m+1)</c>, row-major, the bias first in each row, by the raw features: added to any weights, and any
    /// number of times, it raises the loss of no row and lowers that of some. For a row <c>x</c> of class <c>y</c> and any other class <c>j</c>,
    /// <c>(D_y - D_j) x</c> is at least 1, or 0 but for rounding where the two cannot be separated. Its columns have the mean 0.
    /// </summary>
    public ReadOnlySpan<double> Direction => _direction;

    /// <summary>
    /// Gets what is separated from what: by a threshold of one feature where there is one, by a linear combination elsewhere. Empty where
    /// classes without rows are all there is.
    /// </summary>
    public required IReadOnlyList<SeparatedClasses> Classes { get; init; }

    /// <summary>Gets the names of the classes without a row of positive weight, whose bias has no finite optimum.</summary>
    public required IReadOnlyList<string> EmptyClasses { get; init; }

    /// <summary>Writes a sentence for each of the <see cref="Classes"/>, in the invariant culture.</summary>
    /// <returns>The sentences, lines separated by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(IsComplete ? "Complete" : "Quasi-complete")} separation: ");
        text.Append(CultureInfo.InvariantCulture, $"{SeparatedRows} of {RowCount} rows are separated from every other class.");
        foreach (string name in EmptyClasses)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name} has no row.");
        }

        foreach (SeparatedClasses classes in Classes.Take(MostSentences))
        {
            text.Append('\n').Append(classes).Append('.');
        }

        if (Classes.Count > MostSentences)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Classes.Count - MostSentences} more.");
        }

        return text.ToString();
    }
}
