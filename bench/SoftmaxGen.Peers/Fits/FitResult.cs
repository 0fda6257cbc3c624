using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Peers.Fits;

/// <summary>The fits of one problem.</summary>
/// <param name="Problem">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Times">The times of this library on one thread and on all, and of ML.NET on one thread and on as many as it takes.</param>
/// <param name="OurObjective">The objective that this library reaches.</param>
/// <param name="MlNetOneObjective">That of ML.NET on one thread.</param>
/// <param name="MlNetAllObjective">That of ML.NET on as many as it takes.</param>
internal sealed record FitResult(
    string Problem,
    int Rows,
    RoundTimes[] Times,
    double OurObjective,
    double MlNetOneObjective,
    double MlNetAllObjective);
