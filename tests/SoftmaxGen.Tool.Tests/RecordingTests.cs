namespace SoftmaxGen.Tool.Tests;

/// <summary>What the pages show of a training is what it writes.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly Tool _tool = new();

    [LongTheory(every: 2)]
    [InlineData("README.md")]
    [InlineData("cli.md")]
    public async Task Lines_are_those_of_the_tool(string page)
    {
        string table = Tool.Sample("penguins.csv");
        string output = await _tool.RunWellAsync(
            "train", table, "--label", "species", "--out", _tool["penguins.softmax.json"], "--code", _tool["Penguin.cs"]);
        string[] written = output.Replace(table, "penguins.csv", StringComparison.Ordinal)
            .Replace($"{_tool[""]}{Path.DirectorySeparatorChar}", "", StringComparison.Ordinal).Split('\n');
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Pages", page));
        string[] shown =
        [
            .. lines.SkipWhile(static line => !line.StartsWith("penguins.csv: ", StringComparison.Ordinal))
                .TakeWhile(static line => line != "```")
                .Where(static line => line.Length > 0 && line[0] is not ('$' or '…')),
        ];

        Assert.True(shown.Length > 6, string.Join('\n', shown));
        Assert.All(shown, line => Assert.Contains(line, written.Select(static own => own.TrimEnd())));
    }

    public void Dispose() => _tool.Dispose();
}
