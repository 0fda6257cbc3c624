namespace SoftmaxGen.Benchmarks.Modes.Sweep;

/// <summary>How many times faster than plain loops the generated code of one shape is, by the fastest rounds.</summary>
/// <param name="Packed">Over a training set.</param>
/// <param name="RowMajor">Over the caller's arrays.</param>
internal readonly record struct SweepResult(double Packed, double RowMajor);
