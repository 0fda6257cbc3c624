using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>Times prediction: rows one by one and in batches, beside plain loops; single calls one by one; and the first call of a process.</summary>
internal static class PredictMode
{
    private static readonly Func<PredictionResult>[] _contests =
    [
        PredictionContest<Double3x4>.Run,
        PredictionContest<Double4x8>.Run,
        PredictionContest<Double2x30>.Run,
        PredictionContest<Double10x16>.Run,
        PredictionContest<Double10x64>.Run,
        PredictionContest<Double26x16>.Run,
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        foreach (Func<PredictionResult> run in _contests)
        {
            PredictionResult r = run();
            Console.WriteLine($"{r.Classes}x{r.Features}: plain full {r.PlainFull.Median:F1}/{r.PlainFull.Minimum:F1} prob {r.PlainProbabilities.Median:F1}/{r.PlainProbabilities.Minimum:F1} | predict {r.Predict.Median:F2}/{r.Predict.Minimum:F2} ({r.PlainFull.Median / r.Predict.Median:F1}x) | prob {r.Probabilities.Median:F2}/{r.Probabilities.Minimum:F2} ({r.PlainProbabilities.Median / r.Probabilities.Median:F1}x) | batch {r.Batch.Median:F2} pbatch {r.ProbabilitiesBatch.Median:F2} ({r.ProbabilitiesBatch.Median / r.Probabilities.Median:F2}) alloc {r.AllocatedBytes} tail {r.PredictTail}");
        }

        return 0;
    }
}
