using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Peers.Fits;
using SoftmaxGen.Peers.Predictions;

namespace SoftmaxGen.Peers;

/// <summary>The report of all comparisons, as Markdown.</summary>
internal static class PeersReport
{
    /// <summary>Writes the fits.</summary>
    /// <param name="results">The fits.</param>
    /// <returns>The text.</returns>
    public static string Write(IEnumerable<FitResult> results)
    {
        var text = new StringBuilder();
        Line(text, $"## Fits\n");
        string objectives = "objective of SoftmaxGen | of ML.NET | on its threads";
        Line(text, $"| problem | rows | SoftmaxGen, one thread | all threads | ML.NET, one thread | its threads | times as long | {objectives} |");
        Line(text, $"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (FitResult r in results)
        {
            double ratio = Math.Min(r.Times[2].Median, r.Times[3].Median) / Math.Min(r.Times[0].Median, r.Times[1].Median);
            string times = string.Join(" | ", r.Times.Select(static time => Time(time)));
            string reached = Format($"{r.OurObjective:F9} | {r.MlNetOneObjective:F9} | {r.MlNetAllObjective:F9}");
            Line(text, $"| {r.Problem} | {r.Rows} | {times} | {ratio:F1} | {reached} |");
        }

        return text.AppendLine().ToString();
    }

    /// <summary>Writes the predictions of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="results">What each library takes.</param>
    /// <returns>The text.</returns>
    public static string Write(ModelShape shape, PredictionResult[] results)
    {
        var text = new StringBuilder();
        Line(text, $"## Predictions, {shape.Classes} x {shape.Features}, single precision\n");
        Line(text, $"| library | one fresh row | times as long | bytes | a row of 10,000, one thread | its threads |");
        Line(text, $"|---|---:|---:|---:|---:|---:|");
        foreach (PredictionResult r in results)
        {
            Line(
                text,
                $"| {r.Library} | {Time(r.Single)} | {r.Single.Median / results[0].Single.Median:F1} | {r.SingleBytes} | {Time(r.Batch)} | {Time(r.BatchAll)} |");
        }

        return text.AppendLine().ToString();
    }

    private static string Time(RoundTimes? times) => times is not { } t ? "–" : Format($"{Short(t.Median)} ({Short(t.Minimum)})");

    private static string Short(double nanoseconds) =>
        nanoseconds < 1e3 ? Format($"{nanoseconds:F1} ns") : nanoseconds < 1e6 ? Format($"{nanoseconds / 1e3:F1} us") : Format($"{nanoseconds / 1e6:F1} ms");

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(Format(line));

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
