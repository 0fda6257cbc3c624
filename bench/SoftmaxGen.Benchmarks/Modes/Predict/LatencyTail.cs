using System.Diagnostics;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>How long single calls take, one by one, in nanoseconds: the cost of reading the clock twice is part of each.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Percentile99">What 1 in 100 exceeds.</param>
/// <param name="Percentile999">What 1 in 1,000 exceeds.</param>
/// <param name="Maximum">The longest: an interrupt, most likely.</param>
internal sealed record LatencyTail(double Median, double Percentile99, double Percentile999, double Maximum)
{
    private const int Calls = 1_000_000;

    /// <summary>Times calls.</summary>
    /// <param name="call">What to call, given the number of the call.</param>
    /// <returns>The times.</returns>
    public static LatencyTail Of(Action<int> call)
    {
        long[] ticks = new long[Calls];
        for (int i = 0; i < ticks.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(i);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        return new LatencyTail(Of(ticks, 0.5), Of(ticks, 0.99), Of(ticks, 0.999), Of(ticks, 1));
    }

    private static double Of(long[] sorted, double share) =>
        sorted[(int)(share * (sorted.Length - 1))] * (1e9 / Stopwatch.Frequency);
}
