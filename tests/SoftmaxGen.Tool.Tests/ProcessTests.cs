using System.Diagnostics;

namespace SoftmaxGen.Tool.Tests;

/// <summary>The tool as a program of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Tool _tool = new();

    /// <summary>Neither waits for the other, and neither finds half a file.</summary>
    [Fact]
    public async Task Two_processes_compile_the_same_shape_at_once()
    {
        (int Code, string Output)[] results = await Task.WhenAll(RunAsync("first.json"), RunAsync("second.json"));

        Assert.All(results, static result => Assert.True(result.Code == 0, result.Output));
        Assert.Equal(await File.ReadAllBytesAsync(_tool["first.json"]), await File.ReadAllBytesAsync(_tool["second.json"]));
        Assert.Single(Directory.GetFiles(_tool["cache/softmaxgen"]));
    }

    public void Dispose() => _tool.Dispose();

    private async Task<(int Code, string Output)> RunAsync(string model)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.Tool.dll");
        var start = new ProcessStartInfo("dotnet", [program, "train", Tool.Sample("iris.csv"), "--label", "species", "--out", _tool[model]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = _tool["cache"];
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
