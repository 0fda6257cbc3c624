using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Online;

/// <summary>Times learning from a stream, one row after the other, beside plain loops.</summary>
internal static class OnlineMode
{
    private static readonly Func<OnlineResult>[] _contests =
    [
        OnlineContest<Double2x4>.Run,
        OnlineContest<Double2x30>.Run,
        OnlineContest<Double3x4>.Run,
        OnlineContest<Double4x8>.Run,
        OnlineContest<Double10x16>.Run,
        OnlineContest<Double10x64>.Run,
        OnlineContest<Double26x16>.Run,
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => MarkdownOption.Run(args, "online", Measure);

    private static string Measure()
    {
        OnlineResult[] results = [.. _contests.Select(static run => run())];
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Learning from a stream, {HardwareVectors.Bits}-bit vectors").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}. Nanoseconds of one `Update`, one thread.");
        WriteTable(text, "Fastest round", results, static times => times.Minimum);
        WriteTable(text, "Median round", results, static times => times.Median);
        text.AppendLine("""

            ## Method

            - *Plain* are C# loops over `double[]` with `Math.Exp`, which take the same steps; that the losses agree is checked first.
            - One process; everything is called until it is compiled at the highest tier, then the contenders take turns for 50 rounds of at least 2 ms, over 256
              rows that come round and round.
            - *Newton* is the default method. Up to 256 weights of contrasts it keeps a whole matrix.
            """);
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string title, OnlineResult[] results, Func<RoundTimes, double> time)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        text.AppendLine("| classes x features | plain AdaGrad | `AdaGrad` | ratio | plain SGD | `Sgd` | ratio | `Newton` |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (OnlineResult result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Shape.Classes} x {result.Shape.Features} ");
            WriteContest(result.PlainAdaGrad, result.AdaGrad);
            WriteContest(result.PlainSgd, result.Sgd);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {time(result.Newton):F0} |");
        }

        void WriteContest(RoundTimes plain, RoundTimes ours) =>
            text.Append(CultureInfo.InvariantCulture, $"| {time(plain):F0} | {time(ours):F0} | {time(plain) / time(ours):F1} ");
    }
}
