using System.Globalization;

namespace SoftmaxGen.Tool.Tests;

/// <summary>
/// Files as people have them: each gives a right result, or a message with the file, the line and the column where there are any, and a way out.
/// <c>SOFTMAXGEN_TOOL_ROWS</c> makes the longest of them longer.
/// </summary>
public sealed class AwkwardFileTests : IDisposable
{
    private readonly Tool _tool = new();

    public static TheoryData<string> Names => [.. AwkwardFiles.All.Select(static file => file.Name)];

    [LongTheory(every: 4)]
    [MemberData(nameof(Names))]
    public async Task It_is_read_or_refused_with_a_reason(string name)
    {
        AwkwardFile file = AwkwardFiles.All.Single(file => file.Name == name);
        string path = _tool["data.csv"];
        await File.WriteAllBytesAsync(path, file.Content);
        int code = await _tool.RunAsync(["train", path, "--label", "label", "--out", _tool["model.json"], .. file.Arguments]);

        Assert.True(code == file.ExitCode, $"{code}: {_tool.Output}{_tool.Error}");
        string told = code == 0 ? _tool.Output : _tool.Error;
        Assert.All(file.Expected, expected => Assert.Contains(expected, told, StringComparison.Ordinal));
        if (code != 0)
        {
            Assert.StartsWith(path, _tool.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_tool["model.json"]));
            return;
        }

        Assert.True(file.Note.Length == 0 ? _tool.Error.Length == 0 : _tool.Error.Contains(file.Note, StringComparison.Ordinal), _tool.Error);

        // What was trained on can be predicted, a line for each row that the table has.
        string output = await _tool.RunWellAsync(["predict", _tool["model.json"], path, "--out", _tool["out.csv"], .. Reading(file.Arguments)]);
        Assert.Equal("", output);
        Assert.True((await File.ReadAllLinesAsync(_tool["out.csv"])).Length > 8);
    }

    [Fact]
    public async Task Commas_that_part_thousands_are_not_decimal()
    {
        Assert.Equal(await Predictions("0"), await Predictions("\\\"#,0\\\""));

        // What a model that learnt from such numbers says of plain ones.
        async Task<string> Predictions(string format)
        {
            string[] lines = [.. Enumerable.Range(0, 20).Select(i =>
                (1000 + (137 * i)).ToString(format, CultureInfo.InvariantCulture) + (i % 5 == 0 || i > 9 ? ",b" : ",a"))];
            string table = _tool.Write("table.csv", $"x,label\n{string.Join('\n', lines)}\n");
            string asked = _tool.Write("asked.csv", "x\n1500\n2200\n3000\n");
            await _tool.RunWellAsync("train", table, "--label", "label", "--out", _tool["model.json"]);
            return await _tool.RunWellAsync("predict", _tool["model.json"], asked);
        }
    }

    public void Dispose() => _tool.Dispose();

    private static string[] Reading(string[] arguments) => arguments is ["--encoding" or "--separator", ..] ? arguments : [];
}
