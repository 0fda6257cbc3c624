using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>What one shape took, per row.</summary>
internal sealed record ShapeResult
{
    /// <summary>Gets the number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Gets the number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the time of plain loops.</summary>
    public required RoundTimes PlainLoops { get; init; }

    /// <summary>Gets the time of loops over System.Numerics.Tensors.</summary>
    public required RoundTimes TensorLoops { get; init; }

    /// <summary>Gets the time of the generated code over a training set.</summary>
    public required RoundTimes Packed { get; init; }

    /// <summary>Gets the time of the generated code over row-major arrays.</summary>
    public required RoundTimes RowMajor { get; init; }

    /// <summary>Gets the time of the generated code over a training set, in single precision.</summary>
    public required RoundTimes PackedSingle { get; init; }

    /// <summary>Gets the floating-point operations of a row, as <see cref="Roofline.Operations"/> counts them.</summary>
    public required double Operations { get; init; }

    /// <summary>Gets the least time in double precision, in nanoseconds.</summary>
    public required double Limit { get; init; }

    /// <summary>Gets the resource that sets the least time.</summary>
    public required string LimitedBy { get; init; }
}
