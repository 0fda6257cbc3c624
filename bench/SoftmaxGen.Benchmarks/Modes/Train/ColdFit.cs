using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>The first fit of a process, with all that is compiled on the way: the program starts itself again for it.</summary>
internal static class ColdFit
{
    private const int Processes = 5;

    /// <summary>Measures in fresh processes.</summary>
    /// <param name="problem">The name of the problem.</param>
    /// <returns>The median, in milliseconds.</returns>
    public static double Measure(string problem)
    {
        double[] times = [.. Enumerable.Range(0, Processes).Select(_ => RunOnce(problem)).Order()];
        return times[Processes / 2];
    }

    /// <summary>Times a fit and prints it: what a fresh process does.</summary>
    /// <param name="fit">The fit.</param>
    public static void Print(Action fit)
    {
        long start = Stopwatch.GetTimestamp();
        fit();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
    }

    private static double RunOnce(string problem) => double.Parse(ChildProcess.Run("train", "--cold", problem), CultureInfo.InvariantCulture);
}
