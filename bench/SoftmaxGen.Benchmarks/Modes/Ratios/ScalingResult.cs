using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>What many rows took on one and on two threads, per row.</summary>
internal sealed record ScalingResult
{
    /// <summary>Gets the number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Gets the number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the time on one thread.</summary>
    public required RoundTimes OneThread { get; init; }

    /// <summary>Gets the time on two threads.</summary>
    public required RoundTimes TwoThreads { get; init; }

    /// <summary>Gets a value indicating whether the loss and every element of the gradient had the same bits on both.</summary>
    public required bool SameBits { get; init; }

    /// <summary>Gets the least time on one thread, in nanoseconds.</summary>
    public required double Limit { get; init; }

    /// <summary>Gets the resource that sets the least time.</summary>
    public required string LimitedBy { get; init; }
}
