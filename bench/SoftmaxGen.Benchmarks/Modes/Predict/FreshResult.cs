using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The times of the labels of one shape, in nanoseconds per row.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Old">Rows that were written long ago.</param>
/// <param name="FreshAndWriting">Rows that are written just before, the writing included.</param>
/// <param name="Writing">The writing alone.</param>
internal sealed record FreshResult(ModelShape Shape, RoundTimes Old, RoundTimes FreshAndWriting, RoundTimes Writing)
{
    /// <summary>Gets the fastest time of a label of a fresh row, without the writing.</summary>
    public double Fresh => FreshAndWriting.Minimum - Writing.Minimum;
}
