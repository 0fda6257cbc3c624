using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>Times prediction: rows one by one and in batches, beside plain loops; single calls one by one; and the first call of a process.</summary>
internal static class PredictMode
{
    private const string Usage = "predict [--markdown FILE]";

    private static readonly Func<PredictionResult>[] _contests =
    [
        PredictionContest<Double3x4>.Run,
        PredictionContest<Double4x8>.Run,
        PredictionContest<Double2x30>.Run,
        PredictionContest<Double10x16>.Run,
        PredictionContest<Double10x64>.Run,
        PredictionContest<Double26x16>.Run,
    ];

    private static readonly Func<FreshResult>[] _freshContests =
    [
        FreshContest<Double2x2>.Run,
        FreshContest<Double2x8>.Run,
        FreshContest<Double2x21>.Run,
        FreshContest<Double2x30>.Run,
        FreshContest<Double3x4>.Run,
        FreshContest<Double4x8>.Run,
        FreshContest<Double10x16>.Run,
        FreshContest<Double10x64>.Run,
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case []:
                Console.Write(Measure());
                return 0;
            case ["--markdown", string file]:
                File.WriteAllText(file, Measure());
                return 0;
            case [ColdStart.Option, string what]:
                return ColdStart.RunChild(what);
            case [FirstThousand.Option, string shape]:
                return FirstThousand.RunChild(shape);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static string Measure() => new PredictReport
    {
        Shapes = [.. _contests.Select(static run => run())],
        Fresh = [.. _freshContests.Select(static run => run())],
        Rows = RowContest.Run(),
        Texts = RowContest.RunTexts(),
        First = FirstThousand.Measure(),
        Cold = ColdStart.Measure(),
    }.Write();
}
