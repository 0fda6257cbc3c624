using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The cost of a first prediction, in milliseconds.</summary>
/// <param name="Nothing">A process that does nothing, from its start to its end.</param>
/// <param name="Predict">A process that makes a model and predicts once.</param>
/// <param name="Inside">What of the latter lies between the start of its work and the answer.</param>
internal sealed record ColdResult(RoundTimes Nothing, RoundTimes Predict, RoundTimes Inside);
