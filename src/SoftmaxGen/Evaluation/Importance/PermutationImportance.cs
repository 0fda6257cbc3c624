using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>How much worse a model does when the values of one feature, or of one group of features, are shuffled among the rows. Immutable.</summary>
public sealed record PermutationImportance
{
    /// <summary>Gets the index of the feature, or of the group among <see cref="ModelShape.FeatureGroups"/>, from 0.</summary>
    public required int Feature { get; init; }

    /// <summary>Gets the name of the feature or group, or <c>x1</c> to <c>xm</c> where features have no names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the mean increase of the log loss over the shuffles: near 0 for a feature that the model does not need.</summary>
    public required double LogLossIncrease { get; init; }

    /// <summary>Gets the standard deviation of the increase between the shuffles, with the divisor <c>repeats - 1</c>; 0 for a single one.</summary>
    public required double LogLossDeviation { get; init; }

    /// <summary>Gets the mean drop of the accuracy over the shuffles.</summary>
    public required double AccuracyDrop { get; init; }

    /// <summary>Gets the standard deviation of the drop between the shuffles, with the divisor <c>repeats - 1</c>; 0 for a single one.</summary>
    public required double AccuracyDeviation { get; init; }

    /// <summary>Writes the importance on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Invariant($"{Name}: log loss +{LogLossIncrease:G5} (deviation {LogLossDeviation:G3}), accuracy -{AccuracyDrop:F4} (deviation {AccuracyDeviation:F4})");
}
