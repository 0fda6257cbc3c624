using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The first prediction of a process, compilation included: processes that predict once beside processes that do nothing.</summary>
internal static class ColdStart
{
    /// <summary>The option that makes this program such a process.</summary>
    public const string Option = "--cold";

    private const string Nothing = "nothing";
    private const string Predict = "predict";
    private const int Processes = 15;

    /// <summary>Does what a child process is to do, and writes how many milliseconds it took.</summary>
    /// <param name="what">What to do.</param>
    /// <returns>The exit code.</returns>
    public static int RunChild(string what)
    {
        long start = Stopwatch.GetTimestamp();
        int label = what == Predict ? Double3x4.FromWeights(new double[Double3x4.ParameterCount]).Predict([5.1, 3.5, 1.4, 0.2]) : 0;
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
        return label;
    }

    /// <summary>Times the processes, by turns.</summary>
    /// <returns>Milliseconds.</returns>
    public static ColdResult Measure()
    {
        double[] nothing = new double[Processes];
        double[] predict = new double[Processes];
        double[] inside = new double[Processes];
        for (int i = 0; i < Processes; i++)
        {
            (nothing[i], _) = Time(Nothing);
            (predict[i], inside[i]) = Time(Predict);
        }

        return new ColdResult(RoundTimes.Of(nothing), RoundTimes.Of(predict), RoundTimes.Of(inside));
    }

    private static (double Process, double Inside) Time(string what)
    {
        long start = Stopwatch.GetTimestamp();
        string output = ChildProcess.Run("predict", Option, what);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, double.Parse(output, CultureInfo.InvariantCulture));
    }
}
