using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Machine;

namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>The report of <c>sweep cliffs</c>, as Markdown.</summary>
internal static class CliffReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="lines">The lines that were looked at.</param>
    /// <param name="cliffs">What was found on them.</param>
    /// <returns>The text.</returns>
    public static string Write(IReadOnlyList<ShapeLine> lines, IReadOnlyList<Cliff> cliffs)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Cliffs between neighbours, {HardwareVectors.Bits}-bit vectors").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}. Nanoseconds per row, double precision, one thread.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{lines.Sum(static line => line.Shapes.Count())} shapes on {lines.Count} lines: {string.Join(", ", lines)}.").AppendLine();
        WriteTable(text, "Dearer than the next larger shape",
            [.. cliffs.Where(static cliff => cliff.IsDearerThanLarger).OrderByDescending(static cliff => cliff.OfLarger)]);
        WriteTable(text, "A multiplication dearer than with one less and one more",
            [.. cliffs.Where(static cliff => cliff.IsRidge).OrderByDescending(static cliff => cliff.OfNeighbours)]);
        text.AppendLine("""
            ## Method

            - Models of the shapes of each line are generated, compiled and loaded in one process, and timed over 1,024 packed rows, and 64 rows that are predicted
              one by one or as a batch; the fastest of 30 rounds. Those that seem dear, and their neighbours, are timed again by turns, up to four
              times for 100 rounds.
            - A shape is *dearer than the next larger one*, which has one class or one feature more, from 1.04 times its time on: then padding it would pay.
            - *A multiplication* is the time of a row divided by `C (m+1)`; listed are shapes with more than 1.15 times that of both neighbours.
            """);
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string title, Cliff[] cliffs)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        if (cliffs.Length == 0)
        {
            text.AppendLine("None.").AppendLine();
            return;
        }

        text.AppendLine("| what | one less | the shape | one more | of the larger one | of a neighbour's multiplication |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (Cliff cliff in cliffs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {cliff.Measure.Name} | {Cell(cliff, cliff.Before)} | {Cell(cliff, cliff.Shape)} | {Cell(cliff, cliff.After)} | {Ratio(cliff.OfLarger)} | {Ratio(cliff.OfNeighbours)} |");
        }

        text.AppendLine();
    }

    private static string Cell(Cliff cliff, ShapeClock? clock) => clock is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{clock.Shape.Classes} x {clock.Shape.Features}: {cliff.Nanoseconds(clock):G4}");

    private static string Ratio(double ratio) => ratio == 0 ? "" : ratio.ToString("F2", CultureInfo.InvariantCulture);
}
