using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The report of the <c>predict</c> mode, as Markdown that is readable as it stands.</summary>
internal sealed class PredictReport
{
    /// <summary>Gets the times of the shapes.</summary>
    public required IReadOnlyList<PredictionResult> Shapes { get; init; }

    /// <summary>Gets the times of rows that are written just before.</summary>
    public required IReadOnlyList<FreshResult> Fresh { get; init; }

    /// <summary>Gets the times of rows that are objects.</summary>
    public required IReadOnlyList<RowResult> Rows { get; init; }

    /// <summary>Gets the times of rows with strings.</summary>
    public required (RoundTimes One, RoundTimes Two) Texts { get; init; }

    /// <summary>Gets the times of the first thousand calls.</summary>
    public required IReadOnlyList<(string Shape, RoundTimes First, RoundTimes Next, RoundTimes Settled)> First { get; init; }

    /// <summary>Writes the report.</summary>
    /// <returns>The text.</returns>
    public string Write()
    {
        var text = new StringBuilder();
        Line(text, $"# Prediction, {HardwareVectors.Bits}-bit vectors\n");
        Line(text, $"{DateTime.UtcNow:yyyy-MM-dd}. Nanoseconds per row, one thread.\n");
        Line(text, $"```\n{string.Join('\n', [.. HostEnvironmentInfo.GetCurrent().ToFormattedString(), RuntimeInformation.FrameworkDescription])}\n```\n");
        WriteTimes(text, Shapes, "Median round", static times => times.Median);
        WriteTimes(text, Shapes, "Fastest round", static times => times.Minimum);
        WriteTails(text, Shapes);
        WriteFresh(text, Fresh);
        WriteRows(text, Rows, Texts);
        WriteFirst(text, First);
        WriteMethod(text);
        return text.ToString();
    }

    private static void WriteTimes(StringBuilder text, IReadOnlyList<PredictionResult> results, string title, Func<RoundTimes, double> of)
    {
        Line(text, $"## {title}\n");
        Line(text, $"| classes x features | plain label | `Predict` | ratio | plain probabilities | `PredictProbabilities` | ratio | `PredictBatch` | `PredictProbabilitiesBatch` | batch / single | bytes allocated |");
        Line(text, $"|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (PredictionResult r in results)
        {
            Line(
                text,
                $"| {r.Classes} x {r.Features} | {of(r.PlainFull):F1} | {of(r.Predict):F1} | {of(r.PlainFull) / of(r.Predict):F1} | {of(r.PlainProbabilities):F1} | {of(r.Probabilities):F1} | {of(r.PlainProbabilities) / of(r.Probabilities):F1} | {of(r.Batch):F1} | {of(r.ProbabilitiesBatch):F1} | {of(r.ProbabilitiesBatch) / of(r.Probabilities):F2} | {r.AllocatedBytes} |");
        }

        text.Append('\n');
    }

    private static void WriteTails(StringBuilder text, IReadOnlyList<PredictionResult> results)
    {
        Line(text, $"## A million single calls, one by one\n");
        Line(text, $"| classes x features | member | P50 | P99 | P99.9 | max |");
        Line(text, $"|---:|---|---:|---:|---:|---:|");
        foreach (PredictionResult r in results)
        {
            WriteTail(text, r, "Predict", r.PredictTail);
            WriteTail(text, r, "PredictProbabilities", r.ProbabilitiesTail);
        }

        text.Append('\n');
    }

    private static void WriteTail(StringBuilder text, PredictionResult r, string member, LatencyTail tail) =>
        Line(text, $"| {r.Classes} x {r.Features} | `{member}` | {tail.Median:F0} | {tail.Percentile99:F0} | {tail.Percentile999:F0} | {tail.Maximum:F0} |");

    private static void WriteFresh(StringBuilder text, IReadOnlyList<FreshResult> results)
    {
        Line(text, $"## Labels of rows that are written just before, fastest rounds\n");
        Line(text, $"| classes x features | written long ago | just before | ratio | the writing, subtracted |");
        Line(text, $"|---:|---:|---:|---:|---:|");
        foreach (FreshResult r in results)
        {
            Line(text,
                $"| {r.Shape.Classes} x {r.Shape.Features} | {r.Old.Minimum:F1} | {r.Fresh:F1} | {r.Fresh / r.Old.Minimum:F2} | {r.Writing.Minimum:F1} |");
        }

        text.Append('\n');
    }

    private static void WriteRows(StringBuilder text, IReadOnlyList<RowResult> rows, (RoundTimes One, RoundTimes Two) texts)
    {
        Line(text, $"## Rows that are objects: labels, fastest rounds\n");
        Line(text, $"| classes | 7 numbers | 3 numbers and 4 categories | ratio | the same by an array | ratio | bytes allocated |");
        Line(text, $"|---:|---:|---:|---:|---:|---:|---:|");
        foreach (RowResult r in rows)
        {
            Line(
                text,
                $"| {r.Classes} | {r.Plain.Minimum:F1} | {r.Categories.Minimum:F1} | {r.Categories.Minimum / r.Plain.Minimum:F2} | {r.Dense.Minimum:F1} | {r.Dense.Minimum / r.Categories.Minimum:F1} | {r.AllocatedBytes} |");
        }

        Line(
            text,
            $"\nThree classes, a number and a string of 40 levels: {texts.One.Minimum:F1}; with a second string, in any case: {texts.Two.Minimum:F1}. The levels of the categories are 3, 5, 10 and 50.\n");
    }

    private static void WriteFirst(StringBuilder text, IReadOnlyList<(string Shape, RoundTimes First, RoundTimes Next, RoundTimes Settled)> results)
    {
        Line(text, $"## The first thousand labels of a process, medians of processes\n");
        Line(text, $"| classes x features | first, milliseconds | 2 to 1,000, nanoseconds | settled | ratio |");
        Line(text, $"|---:|---:|---:|---:|---:|");
        foreach ((string shape, RoundTimes first, RoundTimes next, RoundTimes settled) in results)
        {
            Line(text, $"| {shape} | {first.Median:F1} | {next.Median:F1} | {settled.Median:F1} | {next.Median / settled.Median:F1} |");
        }

        text.Append('\n');
    }

    private static void WriteMethod(StringBuilder text) => text.Append("""
        ## Method

        - *Plain* are C# loops over `double[]` with `Math.Exp`: all probabilities, and for the label the largest of them. That all agree is checked first.
        - One process; everything is called until it is compiled at the highest tier; then the contenders take turns for 50 rounds of at least 2 ms, over 64
          different rows. Calls go through the model's interface, as generic code makes them. A batch is 64 rows.
        - Single calls are timed one by one, and the two readings of the clock, some 25 ns of each, are part of what is shown. The longest is an interrupt.
        - Rows *written just before* are one array that is written number by number before each call; the time of the same writing alone is subtracted.
        - *2 to 1,000* are the calls right after the first one, while the runtime has compiled everything once; *settled* is the fastest of 100 rounds of
          10,000 calls. Both go through a delegate; the first times include whatever a process does for the first time.

        """);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
