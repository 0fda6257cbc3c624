using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The calls 2 to 1,000 of a process, which come before the runtime compiles anything a second time, beside the same calls much later.</summary>
internal static class FirstThousand
{
    /// <summary>The option that makes this program such a process.</summary>
    public const string Option = "--first";

    private const int Calls = 1000;
    private const int Rows = 64;
    private const int Processes = 7;
    private const int SettledRounds = 100;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private static readonly Dictionary<string, Func<double[]>> _models = new()
    {
        ["2 x 16"] = Time<Double2x16>,
        ["3 x 4"] = Time<Double3x4>,
        ["4 x 8"] = Time<Double4x8>,
        ["10 x 16"] = Time<Double10x16>,
        ["10 x 64"] = Time<Double10x64>,
        ["26 x 16"] = Time<Double26x16>,
    };

    private delegate int Label(ReadOnlySpan<double> features);

    /// <summary>Does what a child process is to do, and writes its times.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The exit code.</returns>
    public static int RunChild(string shape)
    {
        Console.WriteLine(string.Join(' ', _models[shape]().Select(static time => time.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    /// <summary>Times the processes.</summary>
    /// <returns>For each shape the milliseconds of the first call, and the nanoseconds of one of the next 999 and of one much later.</returns>
    public static IReadOnlyList<(string Shape, RoundTimes First, RoundTimes Next, RoundTimes Settled)> Measure() => [.. _models.Keys.Select(Measure)];

    private static (string Shape, RoundTimes First, RoundTimes Next, RoundTimes Settled) Measure(string shape)
    {
        double[][] times = [.. Enumerable.Range(0, Processes).Select(_ => ChildProcess.Run("predict", Option, shape).Split(' ').Select(Parse).ToArray())];
        return (shape, Times(0), Times(1), Times(2));

        RoundTimes Times(int index) => RoundTimes.Of([.. times.Select(all => all[index])]);
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Time<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        int features = TModel.Shape.Features;
        var workload = new Workload(TModel.Shape, Rows);
        Label predict = TModel.FromWeights(workload.Weights).Predict;
        double first = TimeCalls(predict, workload.Rows, features, 1);
        double next = TimeCalls(predict, workload.Rows, features, Calls - 1);
        double settled = double.PositiveInfinity;
        for (int round = 0; round < SettledRounds; round++)
        {
            settled = Math.Min(settled, TimeCalls(predict, workload.Rows, features, 10 * Calls));
            Thread.Sleep(_pause);
        }

        return [first / 1e6, next / (Calls - 1), settled / (10 * Calls)];
    }

    // Compiled once, so that what is measured early is the prediction and not this loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double TimeCalls(Label predict, double[] rows, int features, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            predict(rows.AsSpan(call % Rows * features, features));
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
