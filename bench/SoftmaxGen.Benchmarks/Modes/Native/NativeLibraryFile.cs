using System.ComponentModel;
using System.Diagnostics;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>The predictions that are written by hand in C++, compiled for this machine.</summary>
internal static class NativeLibraryFile
{
    /// <summary>How the file is compiled.</summary>
    public const string Command = "g++ -O3 -march=native -std=c++17 -shared -fPIC";

    /// <summary>Compiles the file.</summary>
    /// <returns>The path of the library; null where there is no compiler, or where it refuses the file.</returns>
    public static string? Compile()
    {
        string library = Path.Combine(Path.GetTempPath(), $"softmaxgen-predict-{Environment.ProcessId}.so");
        string source = Path.Combine(AppContext.BaseDirectory, "native", "predict.cpp");
        string[] words = Command.Split(' ');
        try
        {
            using Process process = Process.Start(words[0], [.. words[1..], "-o", library, source]);
            process.WaitForExit();
            return process.ExitCode == 0 ? library : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
