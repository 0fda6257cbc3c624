using System.Diagnostics;

namespace SoftmaxGen.Benchmarks.Timing;

/// <summary>This program once more, or another one, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it writes.</returns>
    public static string Run(params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return Start(host, isDotnet ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments);
    }

    /// <summary>Runs another program to its end.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it writes.</returns>
    public static string RunProgram(string program, params string[] arguments) => Start(program, arguments);

    private static string Start(string host, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
