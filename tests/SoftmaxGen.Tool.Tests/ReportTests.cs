using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftmaxGen.Tool.Tests;

/// <summary>The pages that commands write; <c>SoftmaxGen.Reports.Tests</c> looks at pictures and numbers.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly Tool _tool = new();

    [Fact]
    public async Task A_training_tells_of_columns_folds_penalty_and_the_rows_it_is_most_wrong_about()
    {
        string report = _tool["report.html"];
        string model = _tool["penguins.softmax.json"];
        await _tool.RunWellAsync("train", Tool.Sample("penguins.csv"), "--label", "species", "--ignore", "year", "--out", model, "--report", report);
        Assert.Contains($"the report {report}", _tool.Output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(report);

        Assert.Contains("species, learned from penguins.csv", page, StringComparison.Ordinal);
        Assert.Contains("344 rows", page, StringComparison.Ordinal);
        Assert.Contains("year", page, StringComparison.Ordinal);
        Assert.Contains("Adelie", page, StringComparison.Ordinal);
        string[] shown = [.. LinePattern().Matches(page).Select(static match => match.Value).Take(5)];
        Assert.Equal(await WorstLinesAsync(model, Tool.Sample("penguins.csv"), 5), shown);
    }

    [Fact]
    public async Task An_evaluation_has_a_page_too()
    {
        string model = _tool["model.softmax.json"];
        string report = _tool["evaluation.html"];
        string rows = _tool.Write("rows.csv", "size,\"<colour>\",label\n" + string.Concat(Enumerable.Range(0, 60).Select(static i =>
            string.Create(
                CultureInfo.InvariantCulture, $"{(i * 7 % 40) + (i % 2 * 15)},{(i % 3 == 0 ? "red" : "blue")},{(i % 2 == 0 ? "\"a, <b>\"" : "c")}\n"))));
        await _tool.RunWellAsync("train", rows, "--label", "label", "--out", model);
        await _tool.RunWellAsync("evaluate", model, rows, "--report", report);
        string page = await File.ReadAllTextAsync(report);

        Assert.Contains("A model on rows.csv", page, StringComparison.Ordinal);
        Assert.Contains("a, &lt;b>", page.Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<colour>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_told()
    {
        string report = _tool["no/such/folder/report.html"];
        int code = await _tool.RunAsync(
            "train", Tool.Sample("penguins.csv"), "--label", "species", "--l2", "0.01", "--out", _tool["model.softmax.json"], "--report", report);

        Assert.Equal(1, code);
        Assert.StartsWith(report, _tool.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();

    // By the probabilities that predict writes: the lines whose own class has the least.
    private async Task<string[]> WorstLinesAsync(string model, string data, int count)
    {
        string predicted = await _tool.RunWellAsync("predict", model, data, "--probabilities");
        string[][] answers = [.. predicted.TrimEnd().Split(Environment.NewLine).Select(static line => line.Split(','))];
        string[][] rows = [.. (await File.ReadAllLinesAsync(data)).Select(static line => line.Split(','))];
        int label = Array.IndexOf(rows[0], "species");
        return
        [
            .. Enumerable.Range(1, rows.Length - 1)
                .OrderBy(
                    i => double.Parse(
                        answers[i][Array.FindIndex(answers[0], name => name.Contains(rows[i][label], StringComparison.Ordinal))], CultureInfo.InvariantCulture))
                .Take(count)
                .Select(static i => string.Create(CultureInfo.InvariantCulture, $"line {i + 1}")),
        ];
    }

    [GeneratedRegex(@"line \d+")]
    private static partial Regex LinePattern();
}
