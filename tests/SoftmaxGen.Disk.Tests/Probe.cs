using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Runs the program of these tests.</summary>
internal static class Probe
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The words that it printed.</returns>
    public static string[] Run(params string[] arguments)
    {
        (int code, string output, string errors) = Run(Start(arguments));
        Assert.True(code == 0, errors);
        return output.Split(' ', StringSplitOptions.TrimEntries);
    }

    /// <summary>Runs a process to its end.</summary>
    /// <param name="start">How it is started.</param>
    /// <returns>Its exit code and what it wrote.</returns>
    public static (int Code, string Output, string Errors) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', start.ArgumentList)} has not ended.");
        }

        return (process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Says how it is started.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>That.</returns>
    public static ProcessStartInfo Start(params string[] arguments)
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        ProcessStartInfo start = new(host, [Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.DiskProbe.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}
