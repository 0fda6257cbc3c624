using System.Text.Json;
using Spectre.Console;

namespace SoftmaxGen.Tool.Output;

/// <summary>
/// Where commands write: results to the output, what is going on to the error output. A terminal gets tables with lines and a sign of life; a file or another
/// program gets plain text.
/// </summary>
/// <param name="output">Receives results.</param>
/// <param name="error">Receives messages.</param>
/// <param name="isTerminal">Whether the output is a terminal.</param>
/// <param name="isErrorTerminal">Whether the error output is one.</param>
/// <param name="patience">How long something may take before there is a line about it where there is no terminal; a second when null.</param>
internal sealed class Screen(TextWriter output, TextWriter error, bool isTerminal, bool isErrorTerminal, TimeSpan? patience = null)
{
    private static readonly TimeSpan _linePeriod = TimeSpan.FromSeconds(10);

    private readonly TextWriter _error = TextWriter.Synchronized(error);

    /// <summary>Gets what receives results.</summary>
    public TextWriter Output => output;

    /// <summary>Writes a line of results.</summary>
    public void WriteLine(string line = "") => output.WriteLine(line);

    /// <summary>Writes a line about what is going on.</summary>
    public void Note(string line) => _error.WriteLine(line);

    /// <summary>Writes a table.</summary>
    /// <param name="headings">The headings; those that begin with a space have numbers below, which stand on the right.</param>
    /// <param name="rows">The rows.</param>
    public void WriteTable(string[] headings, IEnumerable<string[]> rows)
    {
        if (isTerminal)
        {
            WriteLined(headings, rows);
        }
        else
        {
            WritePlain(headings, [.. rows]);
        }
    }

    /// <summary>Writes a value as JSON.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>Does something that may take a while, with a bar on a terminal that goes when it ends, and lines elsewhere.</summary>
    /// <returns>What comes of it.</returns>
    public TResult During<TResult>(string what, Func<Activity, TResult> action, CancellationToken cancellationToken)
    {
        var activity = new Activity(cancellationToken);
        return isErrorTerminal ? WithBar(what, activity, action) : WithLines(what, activity, action);
    }

    private TResult WithBar<TResult>(string what, Activity activity, Func<Activity, TResult> action)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error) });
        ProgressColumn[] columns =
        [
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ShareColumn(activity), new ElapsedTimeColumn(),
        ];
        return console.Progress().AutoClear(true).Columns(columns).Start(context =>
        {
            context.AddTask(Markup.Escape(what)).IsIndeterminate = true;
            return action(activity);
        });
    }

    private TResult WithLines<TResult>(string what, Activity activity, Func<Activity, TResult> action)
    {
        using var timer = new Timer(
            _ => Note(double.IsNaN(activity.Share) ? $"{what} ..." : $"{what}: {ShareColumn.Text(activity.Share)}"),
            null,
            patience ?? TimeSpan.FromSeconds(1),
            _linePeriod);
        return action(activity);
    }

    private void WriteLined(string[] headings, IEnumerable<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        foreach (string heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.Trim()));
            table.AddColumn(heading.StartsWith(' ') ? column.RightAligned() : column);
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(static cell => new Text(cell))]);
        }

        console.Write(table);
    }

    private void WritePlain(string[] headings, string[][] rows)
    {
        string[][] lines = [[.. headings.Select(static heading => heading.Trim())], .. rows];
        int[] widths = [.. headings.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, column) =>
                headings[column].StartsWith(' ') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
