using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The times of a label, in nanoseconds per row.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="Plain">That of a row of seven numbers.</param>
/// <param name="Categories">That of a row of three numbers and four categories.</param>
/// <param name="Dense">That of the same row, encoded into an array first.</param>
/// <param name="AllocatedBytes">What all rows with categories allocate.</param>
internal sealed record RowResult(int Classes, RoundTimes Plain, RoundTimes Categories, RoundTimes Dense, long AllocatedBytes);
