using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>The times of one shape, per row.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Label">A label by generated code.</param>
/// <param name="NativeLabel">A label in C++.</param>
/// <param name="Fresh">A label of a row that is written just before, by generated code.</param>
/// <param name="NativeFresh">The same in C++.</param>
/// <param name="Probabilities">Probabilities by generated code.</param>
/// <param name="NativeProbabilities">Probabilities in C++.</param>
internal sealed record NativeResult(
    ModelShape Shape,
    RoundTimes Label,
    RoundTimes NativeLabel,
    FreshTimes Fresh,
    FreshTimes NativeFresh,
    RoundTimes Probabilities,
    RoundTimes NativeProbabilities);
