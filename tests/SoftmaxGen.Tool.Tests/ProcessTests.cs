using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SoftmaxGen.Tool.Tests;

/// <summary>The tool as a program of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.Tool.dll");

    private readonly Tool _tool = new();

    /// <summary>Neither waits for the other, and neither finds half a file.</summary>
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task Two_processes_compile_the_same_shape_at_once()
    {
        (int Code, string Output)[] results = await Task.WhenAll(RunAsync("first.json"), RunAsync("second.json"));

        Assert.All(results, static result => Assert.True(result.Code == 0, result.Output));
        Assert.Equal(await File.ReadAllBytesAsync(_tool["first.json"]), await File.ReadAllBytesAsync(_tool["second.json"]));
        Assert.Single(Directory.GetFiles(_tool["cache/softmaxgen"]));
    }

    /// <summary>Rows in which nothing can be learnt: the search for a penalty would take minutes.</summary>
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task Ctrl_C_while_the_penalty_is_chosen_keeps_a_model()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string table = WriteNoise();
        using Process process = Start("train", table, "--label", "label", "--out", _tool["model.json"], "--report", _tool["r.html"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await WaitForAsync(process.StandardError, "Choosing the penalty ...");
        (await StartProgramAsync("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture))).Dispose();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, error);
        Assert.Contains("Canceled while the penalty was chosen: the model has the default one", error, StringComparison.Ordinal);
        Assert.Contains("an L2 penalty of 1.25E-05", await output, StringComparison.Ordinal);
        Assert.Contains("</html>", await File.ReadAllTextAsync(_tool["r.html"]), StringComparison.Ordinal);

        // It is the model of a training that was asked for no more than this.
        await _tool.RunWellAsync("train", table, "--label", "label", "--l2", "0.0000125", "--folds", "2", "--out", _tool["asked.json"]);
        Assert.Equal(
            await _tool.RunWellAsync("predict", _tool["asked.json"], Start(table), "--probabilities"),
            await _tool.RunWellAsync("predict", _tool["model.json"], Start(table), "--probabilities"));
    }

    [Fact]
    public async Task What_takes_a_while_has_a_bar_on_a_terminal()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            return;
        }

        string command = $"dotnet {_program} train {Tool.Sample("iris.csv")} --label species --out {_tool["model.json"]}";
        using Process process = await StartProgramAsync("/usr/bin/script", "-qec", command, "/dev/null");
        string screen = await process.StandardOutput.ReadToEndAsync();

        // The bar is drawn in its place, which begins with a code that terminals have.
        Assert.Matches(@"Compiling.*[━-].*0:00:0", screen);
        Assert.Contains("\u001b[", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("Compiling ...", screen, StringComparison.Ordinal);
        Assert.True(File.Exists(_tool["model.json"]));
    }

    public void Dispose() => _tool.Dispose();

    // Rows of thirty numbers, and labels that have nothing to do with them: so many that the search for the penalty takes many times as long as a signal.
    private string WriteNoise()
    {
        var random = new Random(1);
        var text = new StringBuilder($"{string.Join(',', Enumerable.Range(0, 30).Select(static k => $"x{k}"))},label\n");
        for (int row = 0; row < 80_000; row++)
        {
            for (int k = 0; k < 30; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble():F4},");
            }

            text.Append(CultureInfo.InvariantCulture, $"{(char)('a' + random.Next(20))}\n");
        }

        return _tool.Write("noise.csv", text.ToString());
    }

    private string Start(string table) => _tool.Write("start.csv", string.Join('\n', File.ReadLines(table).Take(100)));

    private static async Task WaitForAsync(StreamReader reader, string expected)
    {
        List<string> lines = [];
        while (lines.LastOrDefault() != expected)
        {
            lines.Add(await reader.ReadLineAsync() ?? throw new InvalidOperationException($"'{expected}' never came: {string.Join('\n', lines)}"));
        }
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = _tool["cache"];
        return Process.Start(start)!;
    }

    private static async Task<Process> StartProgramAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        Process process = Process.Start(start)!;
        if (program == "kill")
        {
            await process.WaitForExitAsync();
        }

        return process;
    }

    private async Task<(int Code, string Output)> RunAsync(string model)
    {
        using Process process = Start("train", Tool.Sample("iris.csv"), "--label", "species", "--out", _tool[model]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
