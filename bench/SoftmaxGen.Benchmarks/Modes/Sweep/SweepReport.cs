using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Machine;

namespace SoftmaxGen.Benchmarks.Modes.Sweep;

/// <summary>The report of the <c>sweep</c> mode, as Markdown.</summary>
internal static class SweepReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="results">The results, classes by features.</param>
    /// <param name="classes">The numbers of classes.</param>
    /// <param name="features">The numbers of features.</param>
    /// <returns>The text.</returns>
    public static string Write(SweepResult[][] results, int[] classes, int[] features)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# A grid of shapes, {HardwareVectors.Bits}-bit vectors").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}.").AppendLine();
        text.AppendLine("""
            How many times as fast as plain loops the generated code is: loss and gradient in double precision, one thread. Every model was generated,
            compiled, loaded and checked against plain loops in one process; the fastest of 7 rounds in turns. The rounds are short and the machine need
            not be idle: small differences mean nothing here, `ratios` measures those.

            """);
        WriteTable(text, "Packed", results, classes, features, static result => result.Packed);
        WriteTable(text, "Row-major", results, classes, features, static result => result.RowMajor);
        return text.ToString();
    }

    private static void WriteTable(
        StringBuilder text, string title, SweepResult[][] results, int[] classes, int[] features, Func<SweepResult, double> ratio)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        WriteLine("classes \\ features", features.Select(static m => m.ToString(CultureInfo.InvariantCulture)));
        text.Append("| -----------------: |").Insert(text.Length, " ---: |", features.Length).AppendLine();
        for (int c = 0; c < classes.Length; c++)
        {
            WriteLine(
                classes[c].ToString(CultureInfo.InvariantCulture),
                Enumerable.Range(0, features.Length).Select(m => ratio(results[c][m]).ToString("F1", CultureInfo.InvariantCulture)));
        }

        text.AppendLine();

        void WriteLine(string head, IEnumerable<string> cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {head,18} |");
            foreach (string cell in cells)
            {
                text.Append(CultureInfo.InvariantCulture, $" {cell,4} |");
            }

            text.AppendLine();
        }
    }
}
