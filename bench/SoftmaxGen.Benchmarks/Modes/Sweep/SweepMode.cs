using System.Globalization;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Sweep;

/// <summary>Generates, compiles and times models of a grid of shapes in memory: is there one that fails, or is slower than plain loops?</summary>
internal static class SweepMode
{
    private const string Usage = """
        sweep [--markdown FILE]
        sweep cliffs [--markdown FILE] [LINE...], a LINE being like 2-64x16 or 10x1-128
        """;

    private static readonly int[] _classes = [2, 3, 5, 10, 26, 100, 316, 1000];

    private static readonly int[] _features = [1, 2, 3, 4, 7, 8, 16, 17, 30, 64, 65, 100, 316, 784, 1000];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code: 0 when every shape is faster than plain loops.</returns>
    public static int Run(string[] args)
    {
        if (args is ["cliffs", .. string[] options])
        {
            return CliffMode.Run(options);
        }

        if (args is not ([] or ["--markdown", _]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        WarmUpPlainLoops();
        SweepResult[][] results = Measure();
        string report = SweepReport.Write(results, _classes, _features);
        Console.Write(report);
        if (args is [_, string file])
        {
            File.WriteAllText(file, report);
        }

        return results.SelectMany(static row => row).All(static result => result.Packed > 1 && result.RowMajor > 1) ? 0 : 1;
    }

    // Plain loops are the same code for every shape; each model's stages are optimised at their first call.
    private static void WarmUpPlainLoops()
    {
        ModelShape shape = Double3x4.Shape;
        var workload = new Workload(shape, rowCount: 512);
        var plainLoops = new PlainLoops(shape.Classes, shape.Features);
        double[] gradient = new double[shape.ParameterCount];
        Stopclock.WarmUp(() => plainLoops.LossAndGradient(workload.Weights, workload.Rows, workload.Labels, gradient));
    }

    private static SweepResult[][] Measure() =>
        [.. _classes.Select(static classes => _features.Select(features => Measure(classes, features)).ToArray())];

    private static SweepResult Measure(int classes, int features)
    {
        Type contest = typeof(SweepContest<>).MakeGenericType(CompiledShape.Load(classes, features));
        SweepResult result = contest.GetMethod(nameof(SweepContest<>.Run))!.CreateDelegate<Func<SweepResult>>()();
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{classes} x {features}: packed {result.Packed:F1}, row-major {result.RowMajor:F1} times as fast as plain loops"));
        return result;
    }
}
