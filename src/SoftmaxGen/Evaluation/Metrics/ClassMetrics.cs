using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>How well one class was told from all others. Immutable.</summary>
public sealed record ClassMetrics
{
    /// <summary>Gets the label of the class.</summary>
    public required int Label { get; init; }

    /// <summary>Gets the name of the class, or its label where classes have no names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the share of the rows predicted to be of this class that are; 0 when none was predicted to be.</summary>
    public required double Precision { get; init; }

    /// <summary>Gets the share of the rows of this class that were predicted to be; 0 when there is none.</summary>
    public required double Recall { get; init; }

    /// <summary>
    /// Gets the harmonic mean of precision and recall, <c>2 TP / (2 TP + FP + FN)</c>; 0 when no row is of this class and none was predicted to be.
    /// </summary>
    public required double F1 { get; init; }

    /// <summary>Gets the number of rows of this class.</summary>
    public required int Support { get; init; }

    /// <summary>Gets the sum of the weights of these rows: their number where rows have no weights.</summary>
    public required double Weight { get; init; }

    /// <summary>Writes the metrics on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"{Name}: precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}, support {Support}");
}
