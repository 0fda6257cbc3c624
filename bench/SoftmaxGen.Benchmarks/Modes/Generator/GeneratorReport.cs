using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Generator;

/// <summary>The report of the <c>generator</c> mode, as Markdown.</summary>
internal static class GeneratorReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="coldRun">The time of the first run of the process, over ten models.</param>
    /// <param name="results">The times of each project.</param>
    /// <returns>The text.</returns>
    public static string Write(TimeSpan coldRun, IReadOnlyList<KeystrokeResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("# What the generator costs an editor").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateOnly.FromDateTime(DateTime.UtcNow):yyyy-MM-dd}. Milliseconds of the generator driver, one thread.")
            .AppendLine();
        text.AppendLine("```");
        foreach (string line in HostEnvironmentInfo.GetCurrent().ToFormattedString().Append(RuntimeInformation.FrameworkDescription))
        {
            text.AppendLine(line);
        }

        text.AppendLine("```").AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"The very first run of a process, over 10 models, all that the JIT compiles included: {coldRun.TotalMilliseconds:F0} ms.").AppendLine();
        WriteTable(text, "Fastest round", results, static times => times.Minimum);
        WriteTable(text, "Median round", results, static times => times.Median);
        return text.Append("""
            ## Method

            - A project has models of 3 x 4, or models of three classes whose rows are classes with the given number of properties, each in a file of its own,
              and as many files without a model. Thirty rounds after three that do not count.
            - *first run*: a new driver on a compilation that it has not seen, in a process that has run others. *keystroke in a body*: the driver runs again
              after an edit of a method's body in a file without models. *ForAttribute… alone*: the same for a generator that calls
              `ForAttributeWithMetadataName` for one form of the attribute and does nothing. *in a declaration*: after an edit of a method's name in a file
              without models. *beside the model*: after an edit in the body of a model's class. *in the attribute*: after an edit of `MaxStackBytes` of one
              model, which is planned and printed again.
            - Keystrokes are timed once the JIT compiler has come to rest, as in an editor that has been open for a minute. In the seconds before, the same code
              takes two to three times as long.
            - The edited file is parsed before the clock starts: an editor does that anyway. What the compiler binds because the generator asks for it is in the
              times.

            """).ToString();
    }

    private static void WriteTable(StringBuilder text, string title, IEnumerable<KeystrokeResult> results, Func<RoundTimes, double> statistic)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        text.Append("| models | row members | first run | keystroke in a body | ForAttribute… alone |")
            .AppendLine(" in a declaration | beside the model | in the attribute |");
        text.Append("| -----: | ----------: | --------: | ------------------: | ------------------: |")
            .AppendLine(" ---------------: | ---------------: | ---------------: |");
        foreach (KeystrokeResult result in results)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {result.Models,6} | {result.RowMembers,11} | {Milliseconds(result.FirstRun),9} | {Milliseconds(result.UnrelatedKeystroke),19} |"
                + $" {Milliseconds(result.IdleKeystroke),19} | {Milliseconds(result.DeclarationKeystroke),16} |"
                + $" {Milliseconds(result.ModelKeystroke),16} | {Milliseconds(result.ShapeKeystroke),16} |");
        }

        text.AppendLine();

        string Milliseconds(RoundTimes times) => (statistic(times) / 1e6).ToString("F2", CultureInfo.InvariantCulture);
    }
}
