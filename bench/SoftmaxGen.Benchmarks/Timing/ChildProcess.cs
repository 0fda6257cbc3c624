using System.Diagnostics;

namespace SoftmaxGen.Benchmarks.Timing;

/// <summary>This program once more, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs the program to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it writes.</returns>
    public static string Run(params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        bool isDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] all = isDotnet ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments;
        using Process process = Process.Start(new ProcessStartInfo(host, all) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
