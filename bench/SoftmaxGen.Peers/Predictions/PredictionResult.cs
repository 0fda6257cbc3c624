using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Peers.Predictions;

/// <summary>The time of a prediction by one library, and what it allocates.</summary>
/// <param name="Library">The library.</param>
/// <param name="Single">The time of a row that was written just before, by itself.</param>
/// <param name="SingleBytes">The bytes that such a prediction allocates.</param>
/// <param name="Batch">The time of a row among many, on one thread; null where there are no batches.</param>
/// <param name="BatchAll">The time of a row among many, on the threads that the library takes by itself; null where these are one.</param>
internal sealed record PredictionResult(string Library, RoundTimes Single, long SingleBytes, RoundTimes? Batch, RoundTimes? BatchAll);
