using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Evaluate;

/// <summary>Cross-validations: folds that are copied, rows, and a set.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Milliseconds">The time of each.</param>
/// <param name="Allocated">What each allocates in managed memory, in times the features of all rows.</param>
internal sealed record FoldsResult(ModelShape Shape, RoundTimes[] Milliseconds, double[] Allocated);
