using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// The mean probability of a class over held-out rows, against how often the class occurs: the simplest thing that a calibration must get right.
/// Immutable.
/// </summary>
public sealed record ClassCalibration
{
    /// <summary>Gets the label of the class.</summary>
    public required int Label { get; init; }

    /// <summary>Gets the name of the class, or its label where classes have no names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the share of the rows that are of the class, by weight.</summary>
    public required double Frequency { get; init; }

    /// <summary>Gets the weighted mean of the probabilities of the class before the calibration.</summary>
    public required double MeanProbabilityBefore { get; init; }

    /// <summary>Gets the weighted mean of the probabilities of the class after the calibration.</summary>
    public required double MeanProbability { get; init; }

    /// <summary>Writes the means on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Invariant($"mean probability of {Name}: {MeanProbability:F4}, before {MeanProbabilityBefore:F4}; frequency {Frequency:F4}");

    /// <summary>Finds the class whose mean probability is farthest from its frequency.</summary>
    internal static ClassCalibration Worst(IReadOnlyList<ClassCalibration> classes) =>
        classes.MaxBy(static one => Math.Abs(one.MeanProbability - one.Frequency))!;
}
