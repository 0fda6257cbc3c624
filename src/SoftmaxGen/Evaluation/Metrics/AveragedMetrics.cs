using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>Precision, recall and F1 averaged over the classes. Immutable.</summary>
/// <param name="Precision">The average precision.</param>
/// <param name="Recall">The average recall.</param>
/// <param name="F1">The average of the classes' F1, which is not the F1 of the average precision and recall.</param>
public sealed record AveragedMetrics(double Precision, double Recall, double F1)
{
    /// <summary>Writes the metrics on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}");
}
