namespace SoftmaxGen.Data;

/// <summary>A row of positive weight of a training set in double, for what no kernel does.</summary>
internal readonly ref struct TrainingRow
{
    /// <summary>Gets the row, <c>[1, x_1 … x_m]</c>.</summary>
    public required ReadOnlySpan<double> Columns { get; init; }

    /// <summary>Gets the index of its class, the one with the largest target where labels are soft.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>Gets its weight, positive.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the <c>C</c> targets; empty where labels are hard.</summary>
    public ReadOnlySpan<double> Targets { get; init; }

    /// <summary>Gets what is added to its <c>C</c> scores; empty for nothing.</summary>
    public ReadOnlySpan<double> Offsets { get; init; }
}
