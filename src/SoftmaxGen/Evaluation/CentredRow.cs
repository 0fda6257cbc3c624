namespace SoftmaxGen;

/// <summary>A row of a training set in the coordinates of the trainer, for what no kernel does.</summary>
internal readonly ref struct CentredRow
{
    /// <summary>Gets <c>z = [1, (x_1 - mean_1) / d_1 …]</c>, the features centred and scaled; 0 for a constant one.</summary>
    public required ReadOnlySpan<double> Columns { get; init; }

    /// <summary>Gets the index of its class.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>Gets the <c>C</c> targets; empty where labels are hard.</summary>
    public required ReadOnlySpan<double> Targets { get; init; }

    /// <summary>Gets the <c>C</c> offsets of its scores; empty for none.</summary>
    public required ReadOnlySpan<double> Offsets { get; init; }

    /// <summary>Gets its weight, positive.</summary>
    public required double Weight { get; init; }
}
