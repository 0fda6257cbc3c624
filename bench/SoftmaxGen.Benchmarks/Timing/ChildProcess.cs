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
        return Start(host, isDotnet ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments);
    }

    /// <summary>Runs another build of the program to its end.</summary>
    /// <param name="folder">The folder of the build.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it writes.</returns>
    public static string RunIn(string folder, params string[] arguments) => Start(Path.Combine(folder, typeof(ChildProcess).Assembly.GetName().Name!), arguments);

    private static string Start(string host, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
