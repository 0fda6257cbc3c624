using System.Diagnostics;
using System.Runtime;

namespace SoftmaxGen.Benchmarks.Timing;

/// <summary>
/// Times passes against each other in one process: they take turns, so that a change of the machine's speed meets all of them alike.
/// A pass returns a number that depends on all it computes.
/// </summary>
internal static class Stopclock
{
    private const int MostRounds = 50;
    private const int FewestRounds = 3;

    // Long against the clock's resolution and the cost of reading it, short against a time slice of the operating system.
    private static readonly TimeSpan _shortestRound = TimeSpan.FromMilliseconds(2);

    // Thirty calls and a quiet tenth of a second take a method from one tier to the next, in the background: on a busy machine that may wait.
    private const int WarmUpCalls = 40;
    private const int QuietCycles = 3;
    private static readonly TimeSpan _warmUpPause = TimeSpan.FromMilliseconds(200);

    private static double _sink;

    /// <summary>Calls short passes until the runtime finds nothing more to compile: then all that they call is at its highest tier.</summary>
    /// <param name="passes">The passes.</param>
    public static void WarmUp(params ReadOnlySpan<Func<double>> passes)
    {
        long compiled = 0;
        for (int quiet = 0; quiet < QuietCycles; quiet++)
        {
            foreach (Func<double> pass in passes)
            {
                Run(pass, WarmUpCalls);
            }

            Thread.Sleep(_warmUpPause);
            if (JitInfo.GetCompiledMethodCount() != compiled)
            {
                compiled = JitInfo.GetCompiledMethodCount();
                quiet = -1;
            }
        }
    }

    /// <summary>Times passes that are warm.</summary>
    /// <param name="passes">The passes.</param>
    /// <returns>The times of each.</returns>
    public static RoundTimes[] Compare(params ReadOnlySpan<Func<double>> passes) => Compare(TimeSpan.MaxValue, passes);

    /// <summary>Times passes that are warm, and some of them long.</summary>
    /// <param name="budget">After this time no further round begins, but for the fewest.</param>
    /// <param name="passes">The passes.</param>
    /// <returns>The times of each.</returns>
    public static RoundTimes[] Compare(TimeSpan budget, params ReadOnlySpan<Func<double>> passes)
    {
        int[] repetitions = new int[passes.Length];
        List<double>[] times = new List<double>[passes.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            repetitions[i] = RepetitionsPerRound(passes[i]);
            times[i] = new List<double>(MostRounds);
        }

        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < FewestRounds || (round < MostRounds && Stopwatch.GetElapsedTime(start) < budget); round++)
        {
            for (int i = 0; i < passes.Length; i++)
            {
                times[i].Add(Run(passes[i], repetitions[i]).TotalNanoseconds / repetitions[i]);
            }
        }

        return Array.ConvertAll(times, static rounds => RoundTimes.Of([.. rounds]));
    }

    /// <summary>Times an action that cannot be repeated as it is.</summary>
    /// <param name="action">The action.</param>
    /// <returns>Its time.</returns>
    public static TimeSpan Once(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static int RepetitionsPerRound(Func<double> pass)
    {
        int repetitions = 1;
        while (Run(pass, repetitions) < _shortestRound)
        {
            repetitions *= 2;
        }

        return repetitions;
    }

    private static TimeSpan Run(Func<double> pass, int repetitions)
    {
        long start = Stopwatch.GetTimestamp();
        double sum = 0;
        for (int i = 0; i < repetitions; i++)
        {
            sum += pass();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Volatile.Write(ref _sink, sum);
        return elapsed;
    }
}
