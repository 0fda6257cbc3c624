using System.Diagnostics;
using System.Globalization;

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

    private static double RunOnce(string problem)
    {
        string host = Environment.ProcessPath!;
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (isDotnet)
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add("train");
        start.ArgumentList.Add("--cold");
        start.ArgumentList.Add(problem);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
