using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Tests.Jit;

/// <summary>A run of the program SoftmaxGen.JitProbe, which calls every entry point of its models, and what the JIT did meanwhile.</summary>
/// <param name="VectorBits">The width of the vectors that the models' kernels were chosen for.</param>
/// <param name="Methods">The methods that were compiled.</param>
internal sealed record ProbeRun(int VectorBits, IReadOnlyList<JitMethod> Methods)
{
    private const string Probe = "SoftmaxGen.JitProbe.dll";

    private static readonly ConcurrentDictionary<string, Lazy<ProbeRun>> _runs = new();

    private static readonly Lazy<ProbeRun> _withTiers = new(static () => Run("", areTiersOff: false));

    /// <summary>Gets a run as programs run by default: most methods are compiled twice, quickly at their first call and well later.</summary>
    public static ProbeRun WithTiers => _withTiers.Value;

    /// <summary>Runs the probe, once for each setting.</summary>
    /// <param name="switchedOff">The switch of an instruction set to do without, <c>EnableAVX2</c> say; empty for none.</param>
    public static ProbeRun With(string switchedOff) => _runs.GetOrAdd(switchedOff, static name => new Lazy<ProbeRun>(() => Run(name, areTiersOff: true))).Value;

    private static ProbeRun Run(string switchedOff, bool areTiersOff)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-jit-");
        try
        {
            string log = Path.Combine(folder.FullName, "jit.txt");
            int vectorBits = int.Parse(Execute(Settings(switchedOff, areTiersOff, log)), CultureInfo.InvariantCulture);
            return new ProbeRun(vectorBits, JitLog.Read(File.ReadLines(log)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(string switchedOff, bool areTiersOff, string log)
    {
        // Without tiers each method is compiled once, optimised, at its first call. With them, what gets optimised, and when, would
        // depend on how often and how fast things ran; and profiles would decide what is inlined, which users' first calls do not have.
        if (areTiersOff)
        {
            yield return ("TieredCompilation", "0");
        }

        yield return ("JitStdOutFile", log);
        yield return ("JitDisasmSummary", "1");
        yield return ("JitDisasm", "*SoftmaxKernels*:*");
        if (switchedOff.Length > 0)
        {
            yield return (switchedOff, "0");
        }
    }

    private static string Execute(IEnumerable<(string Name, string Value)> settings)
    {
        ProcessStartInfo start = new(Host(), [Path.Combine(AppContext.BaseDirectory, Probe)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment[$"DOTNET_{name}"] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{Probe} ended with {process.ExitCode}: {output}{errors.Result}");
        return output;
    }

    // The host of the runtime that runs these tests: shared/Microsoft.NETCore.App/<version> lies below it.
    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
