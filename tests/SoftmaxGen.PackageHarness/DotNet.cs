using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SoftmaxGen.PackageHarness;

/// <summary>Runs commands as a user would type them, untouched by the build or test run that these tests are part of.</summary>
public static class DotNet
{
    // The host of the runtime that runs these tests: shared/Microsoft.NETCore.App/<version> lies below it.
    private static readonly string _host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    // What `dotnet test` tells its own children, who are not meant.
    private static readonly string[] _foreignPrefixes = ["MSBUILD", "_MSBUILD", "VSTEST", "DOTNET_CLI_TELEMETRY_SESSIONID", "DOTNET_HOST_PATH"];

    /// <summary>Runs the <c>dotnet</c> command.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What it left behind.</returns>
    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) => StartAsync(_host, folder, arguments);

    /// <summary>Runs a program.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="folder">The current folder.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">Variables of the environment, besides those of this process.</param>
    /// <returns>What it left behind.</returns>
    public static async Task<CommandResult> StartAsync(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = Prepare(program, folder, arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return new CommandResult($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, output.ToString());
    }

    /// <summary>Starts the <c>dotnet</c> command, and does not wait for its end.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The process; what it writes goes nowhere.</returns>
    public static Process Start(string folder, params string[] arguments)
    {
        Process process = new() { StartInfo = Prepare(_host, folder, arguments) };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo Prepare(string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Isolate(start.Environment);
        return start;
    }

    // Servers that outlive the command would hold its output open, and the test would wait for them.
    private static void Isolate(IDictionary<string, string?> environment)
    {
        foreach (string name in environment.Keys.Where(IsForeign).ToArray())
        {
            environment.Remove(name);
        }

        environment["DOTNET_ROOT"] = Path.GetDirectoryName(_host);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
    }

    private static bool IsForeign(string name) => _foreignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
