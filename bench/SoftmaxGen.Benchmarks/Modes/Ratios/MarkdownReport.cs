using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>The report of the <c>ratios</c> mode, as Markdown that is readable as it stands.</summary>
internal static class MarkdownReport
{
    private static readonly string[] _headings =
        ["classes x features", "plain loops", "tensor primitives", "packed", "row-major", "packed float", "plain / packed", "GFLOP/s", "limit",
            "limit / packed"];

    /// <summary>Writes a report.</summary>
    /// <param name="result">The numbers.</param>
    /// <returns>The text.</returns>
    public static string Write(RatiosResult result)
    {
        var text = new StringBuilder();
        WriteMachine(text, result);
        WriteShapes(text, result, "Fastest round", static times => times.Minimum);
        WriteShapes(text, result, "Median round", static times => times.Median);
        WriteScaling(text, result.Scaling);
        WriteMethod(text);
        return text.ToString();
    }

    private static void WriteMachine(StringBuilder text, RatiosResult result)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"# Loss and gradient, {result.VectorBits}-bit vectors").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Date:yyyy-MM-dd}. Nanoseconds per row, one thread unless stated.").AppendLine();
        text.AppendLine("```");
        foreach (string line in result.Environment)
        {
            text.AppendLine(line);
        }

        text.AppendLine("```").AppendLine();
        text.AppendLine("What one core can do, measured in the same process:").AppendLine();
        WriteTable(
            text,
            ["multiply-add peak", "exponential", "second-level cache", "main memory"],
            [[
                Format($"{result.Roofline.MultiplyAddPeak:F0} GFLOP/s"),
                Format($"{result.Roofline.ExponentialCost:F3} ns"),
                Format($"{result.Roofline.CacheBandwidth:F0} GB/s"),
                Format($"{result.Roofline.MemoryBandwidth:F0} GB/s"),
            ]]);
    }

    private static void WriteShapes(StringBuilder text, RatiosResult result, string title, Func<RoundTimes, double> statistic)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}, {result.Shapes[0].Rows} rows").AppendLine();
        WriteTable(text, _headings, [.. result.Shapes.Select(shape => ShapeCells(shape, statistic))]);
    }

    private static string[] ShapeCells(ShapeResult shape, Func<RoundTimes, double> statistic)
    {
        double packed = statistic(shape.Packed);
        return
        [
            Format($"{shape.Classes} x {shape.Features}"),
            Nanoseconds(statistic(shape.PlainLoops)),
            Nanoseconds(statistic(shape.TensorLoops)),
            Nanoseconds(packed),
            Nanoseconds(statistic(shape.RowMajor)),
            Nanoseconds(statistic(shape.PackedSingle)),
            Format($"{statistic(shape.PlainLoops) / packed:F0}"),
            Format($"{shape.Operations / packed:F0}"),
            Format($"{Nanoseconds(shape.Limit)} ({shape.LimitedBy})"),
            Format($"{shape.Limit / packed:P0}"),
        ];
    }

    private static void WriteScaling(StringBuilder text, ScalingResult scaling)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## Threads: {scaling.Classes} x {scaling.Features}, packed, {scaling.Rows} rows").AppendLine();
        WriteTable(
            text,
            ["round", "one thread", "two threads", "one / two", "limit of one", "limit / one", "same bits"],
            [
                ScalingCells(scaling, "fastest", static times => times.Minimum),
                ScalingCells(scaling, "median", static times => times.Median),
            ]);
    }

    private static string[] ScalingCells(ScalingResult scaling, string round, Func<RoundTimes, double> statistic) =>
    [
        round,
        Nanoseconds(statistic(scaling.OneThread)),
        Nanoseconds(statistic(scaling.TwoThreads)),
        Format($"{statistic(scaling.OneThread) / statistic(scaling.TwoThreads):F2}"),
        Format($"{Nanoseconds(scaling.Limit)} ({scaling.LimitedBy})"),
        Format($"{scaling.Limit / statistic(scaling.OneThread):P0}"),
        scaling.SameBits ? "yes" : "NO",
    ];

    private static void WriteMethod(StringBuilder text) => text.Append("""
        ## Method

        - *plain loops*: C# loops over `double[]` with `Math.Exp`. *tensor primitives*: System.Numerics.Tensors row by row, the largest score subtracted
          first. *packed*: generated code over a `TrainingSet`. *row-major*: generated code over the caller's arrays, packed on the way if at all.
          *packed float*: the single-precision model over a `TrainingSet`. All compute the mean loss and the whole gradient; that they agree is checked first.
        - One process; everything is called until it is compiled at the highest tier; then the contenders take turns for 50 rounds of at least 2 ms each.
        - Which code the JIT compiler makes of the plain loops depends on the profile it collects: between processes they differ by up to a third for long rows
          (without one, `DOTNET_TieredPGO=0`, they are steady, and in between). The other columns hardly differ.
        - GFLOP/s counts `4 C (m+1)` operations per row. The kernels leave out class 0, so that they do less than is counted: the fraction of the limit may exceed
          100 % for few classes.
        - The limit is `max(4 C (m+1) / peak + C * exponential, 8 m / bandwidth)`. The peak is that of independent chains of multiply-adds, the exponential the inlined
          one of the kernels over an array in the first-level cache, the bandwidth that of reading 512 KiB over and over (second-level cache) for rows of up to 8 MiB
          in all, and that of reading 256 MiB (main memory) for more.

        """);

    private static void WriteTable(StringBuilder text, string[] headings, string[][] rows)
    {
        int[] widths = [.. headings.Select((heading, column) => Math.Max(heading.Length, rows.Max(row => row[column].Length)))];
        WriteLine(headings);
        WriteLine([.. widths.Select(static width => new string('-', width - 1) + ":")]);
        foreach (string[] row in rows)
        {
            WriteLine(row);
        }

        text.AppendLine();

        void WriteLine(string[] cells) => text.AppendLine(
            CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select((cell, column) => cell.PadLeft(widths[column])))} |");
    }

    private static string Nanoseconds(double time) => Format($"{time:G3}") is { } text && time < 100 ? text : Format($"{time:F0}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
