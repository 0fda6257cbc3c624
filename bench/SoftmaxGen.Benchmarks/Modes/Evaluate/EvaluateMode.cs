using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Evaluate;

/// <summary>Times evaluations beside predictions, and cross-validations beside folds that are copied.</summary>
internal static class EvaluateMode
{
    private static readonly Func<EvaluateResult>[] _contests =
    [
        EvaluateContest<Double3x4>.Run,
        EvaluateContest<Double4x8>.Run,
        EvaluateContest<Double2x30>.Run,
        EvaluateContest<Double10x16>.Run,
        EvaluateContest<Double10x64>.Run,
        EvaluateContest<Double26x16>.Run,
    ];

    private static readonly Func<FoldsResult>[] _foldsContests = [FoldsContest<Double3x4>.Run, FoldsContest<Double4x8>.Run, FoldsContest<Double10x16>.Run];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args) => MarkdownOption.Run(args, "evaluate", Measure);

    private static string Measure()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Evaluation, {HardwareVectors.Bits}-bit vectors").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}. One thread; medians, fastest in brackets.");
        text.AppendLine().AppendLine("## Evaluate, nanoseconds a row").AppendLine();
        text.AppendLine("| classes x features | probabilities in batches | `Evaluate(rows)` | times as long | `Evaluate(set)` | times as long |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|");
        foreach (EvaluateResult result in _contests.Select(static run => run()))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Shape.Classes} x {result.Shape.Features} | {Text(result.Probabilities)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Text(result.Rows)} | {result.Rows.Minimum / result.Probabilities.Minimum:F1} ");
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Text(result.Set)} | {result.Set.Minimum / result.Probabilities.Minimum:F1} |");
        }

        text.AppendLine().AppendLine("## Five folds of 50,000 rows, milliseconds and managed memory").AppendLine();
        text.AppendLine("| classes x features | folds copied | allocated, times the rows | `Run(rows)` | allocated | `Run(set)` | allocated |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (FoldsResult result in _foldsContests.Select(static run => run()))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Shape.Classes} x {result.Shape.Features} ");
            for (int i = 0; i < result.Allocated.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Text(result.Milliseconds[i])} | {result.Allocated[i]:F2} ");
            }

            text.AppendLine("|");
        }

        text.AppendLine("""

            ## Method

            - One process; the contenders take turns. 8,192 rows are evaluated, and times as long are those of the fastest rounds.
            - *Folds copied* is what a program does that has `Train` and `Evaluate` alone. The rows that a fold trains on are packed in native memory, 0.8 times
              the features of all rows, by each of the three, and freed after the fold; the table has what comes on top.
            """);
        return text.ToString();
    }

    private static string Text(RoundTimes times) => string.Create(CultureInfo.InvariantCulture, $"{times.Median:F1} ({times.Minimum:F1})");
}
