using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Evaluate;

/// <summary>The nanoseconds of a row.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Probabilities">Probabilities in batches.</param>
/// <param name="Rows">The evaluation of row-major rows.</param>
/// <param name="Set">The evaluation of a training set.</param>
internal sealed record EvaluateResult(ModelShape Shape, RoundTimes Probabilities, RoundTimes Rows, RoundTimes Set);
