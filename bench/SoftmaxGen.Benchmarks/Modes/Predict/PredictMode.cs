using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>Times prediction: rows one by one and in batches, beside plain loops; single calls one by one; and the first thousand of a process.</summary>
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
    public static int Run(string[] args) => args is [FirstThousand.Option, string shape]
        ? FirstThousand.RunChild(shape)
        : MarkdownOption.Run(args, "predict", Measure);

    private static string Measure() => new PredictReport
    {
        Shapes = [.. _contests.Select(static run => run())],
        Fresh = [.. _freshContests.Select(static run => run())],
        Rows = RowContest.Run(),
        Texts = RowContest.RunTexts(),
        First = FirstThousand.Measure(),
    }.Write();
}
