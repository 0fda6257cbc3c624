using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Samples.Tests;

/// <summary>The programs of the folder of samples, in processes of their own.</summary>
internal static class Sample
{
    // What a sample may take at most that nothing has stopped.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Gets the folder of all samples.</summary>
    public static string Folder { get; } = Metadata("Samples");

    /// <summary>Gets the path of the host of the runtime.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Gets the assembly of a sample.</summary>
    public static string Assembly(string sample, string framework = "net10.0") =>
        Path.Combine(Folder, sample, "bin", Metadata("Configuration"), framework, $"{Path.GetFileName(sample)}.dll");

    /// <summary>Runs a sample.</summary>
    /// <returns>What it wrote, which a test that fails shows.</returns>
    public static string Run(string sample, params string[] arguments) => Start(Host, ["exec", Assembly(sample), .. arguments]);

    /// <summary>Runs a program and insists on success.</summary>
    public static string Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Host);

        // Open MPI asks twice before it starts anything for root.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} has not ended.");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output.Result}{errors.Result}");
        return output.Result;
    }

    private static string Metadata(string key) =>
        typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
