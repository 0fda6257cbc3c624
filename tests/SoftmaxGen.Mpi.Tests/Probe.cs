using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Mpi.Tests;

/// <summary>Runs the program of these tests.</summary>
internal static class Probe
{
    // What a job may take at most that nothing has stopped.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it in one process.</summary>
    public static ProbeResult Alone(params string[] arguments) => Run(Host(), [Assembly(), .. arguments]);

    /// <summary>Runs it over ranks.</summary>
    public static ProbeResult Over(string launcher, int ranks, params string[] arguments)
    {
        string[] many = launcher.Contains("mpich", StringComparison.Ordinal) ? [] : ["--oversubscribe", "--bind-to", "none"];
        return Run(launcher, ["-n", ranks.ToString(CultureInfo.InvariantCulture), .. many, Host(), Assembly(), .. arguments]);
    }

    private static ProbeResult Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Open MPI asks twice before it starts anything for root, and looks for itself whether processes may read each other's memory.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["OMPI_MCA_btl_vader_single_copy_mechanism"] = "none";
        start.Environment["DOTNET_TieredPGO"] = "0";
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} has not ended.");
        }

        return new ProbeResult(process.ExitCode, output.Result, errors.Result, Stopwatch.GetElapsedTime(began));
    }

    private static string Assembly() => Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.MpiProbe.dll");

    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
