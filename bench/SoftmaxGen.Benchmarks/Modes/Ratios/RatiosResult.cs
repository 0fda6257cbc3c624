using SoftmaxGen.Benchmarks.Machine;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>All that the <c>ratios</c> mode measures.</summary>
internal sealed record RatiosResult
{
    /// <summary>Gets the day, in coordinated universal time.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Gets the machine and the runtime, a line each.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Gets the vector width in force, in bits.</summary>
    public required int VectorBits { get; init; }

    /// <summary>Gets the limits of the machine.</summary>
    public required Roofline Roofline { get; init; }

    /// <summary>Gets the times of each shape.</summary>
    public required IReadOnlyList<ShapeResult> Shapes { get; init; }

    /// <summary>Gets the times on one and on two threads.</summary>
    public required ScalingResult Scaling { get; init; }
}
