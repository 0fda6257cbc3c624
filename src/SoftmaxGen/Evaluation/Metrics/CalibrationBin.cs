using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>The rows whose predicted class had a probability between two bounds: a point of a reliability diagram. Immutable.</summary>
public sealed record CalibrationBin
{
    /// <summary>Gets the lower bound, exclusive.</summary>
    public required double Lower { get; init; }

    /// <summary>Gets the upper bound, inclusive.</summary>
    public required double Upper { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets the sum of the weights of these rows: their number where rows have no weights.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the mean probability of the predicted class; 0 when there is no row.</summary>
    public required double Confidence { get; init; }

    /// <summary>Gets the share of the rows that were predicted rightly; 0 when there is no row.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Writes the bin on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"({Lower:F4}, {Upper:F4}]: {RowCount} rows, confidence {Confidence:F4}, accuracy {Accuracy:F4}");
}
