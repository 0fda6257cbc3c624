using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Sparse;

/// <summary>The report of the <c>sparse</c> mode, as Markdown that is readable as it stands.</summary>
internal static class SparseReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="results">The times.</param>
    /// <returns>The text.</returns>
    public static string Write(IReadOnlyList<SparseResult> results)
    {
        var text = new StringBuilder();
        Line(text, $"# Baked weights with zeros, {HardwareVectors.Bits}-bit vectors\n");
        Line(text, $"{DateTime.UtcNow:yyyy-MM-dd}. Nanoseconds per row, one thread.\n");
        Line(text, $"```\n{string.Join('\n', [.. HostEnvironmentInfo.GetCurrent().ToFormattedString(), RuntimeInformation.FrameworkDescription])}\n```\n");
        WriteTimes(text, results, "Median round", static times => times.Median);
        WriteTimes(text, results, "Fastest round", static times => times.Minimum);
        text.Append("""
            ## Method

            - *All* is another instance of the same class with the same weights, which multiplies every weight; *baked* is `Pretrained`, which skips zeros where
              the generator finds that it pays. Where it does not, both run the same code, and what they differ by is the noise. That both give the same bits is
              checked first.
            - *Scattered* zeros have the same probability everywhere; *features* are zero for all classes or for none; *digits* are the 1,797 digits of
              `samples/data`, trained with an L1 penalty.
            - One process; everything is called until it is compiled at the highest tier; then the contenders take turns for 50 rounds of at least 2 ms, over 64
              different rows. Calls go through the model's interface, as generic code makes them.

            """);
        return text.ToString();
    }

    private static void WriteTimes(StringBuilder text, IReadOnlyList<SparseResult> results, string title, Func<RoundTimes, double> of)
    {
        Line(text, $"## {title}\n");
        Line(text, $"| weights | zero | `Predict`, all | baked | ratio | `PredictProbabilities`, all | baked | ratio |");
        Line(text, $"|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (SparseResult r in results)
        {
            Line(
                text,
                $"| {r.Name} | {r.PercentZero:F0} % | {of(r.PredictAll):F1} | {of(r.PredictBaked):F1} | {of(r.PredictAll) / of(r.PredictBaked):F1} | {of(r.ProbabilitiesAll):F1} | {of(r.ProbabilitiesBaked):F1} | {of(r.ProbabilitiesAll) / of(r.ProbabilitiesBaked):F1} |");
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
