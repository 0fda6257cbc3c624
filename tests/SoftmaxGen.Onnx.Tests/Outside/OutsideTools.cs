using System.Diagnostics;
using System.Text.Json;

namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>
/// The programs that judge exported models: the checker of the onnx package and ONNX Runtime. <c>install.sh</c> installs them once, into the
/// user's cache.
/// </summary>
internal static class OutsideTools
{
    private static readonly Lazy<Installation> _installation = new(Install);

    /// <summary>Gets why the programs are missing; null when they are there.</summary>
    public static string? Missing => _installation.Value.Missing;

    /// <summary>Runs one of the Python programs of this folder.</summary>
    /// <returns>What it wrote.</returns>
    public static string Python(string script, params string[] arguments) => Run(_installation.Value.Python, [Beside(script), .. arguments]);

    /// <summary>Runs models in ONNX Runtime.</summary>
    /// <param name="jobs">Files and what to feed them.</param>
    /// <returns>The outputs of each by name; numbers as they are, integers and labels as texts.</returns>
    public static IReadOnlyList<Dictionary<string, JsonElement[]>> RunModels(IEnumerable<RuntimeJob> jobs)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(jobs, JsonSerializerOptions.Web));
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>[]>(Run("node", [Beside("run.mjs"), _installation.Value.Runtime, path]))!;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Installation Install()
    {
        if (OperatingSystem.IsWindows())
        {
            return new Installation("", "", "The installation is a script for bash and Debian's packages.");
        }

        string cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        try
        {
            Dictionary<string, string> places = Run("bash", [Beside("install.sh"), Path.Combine(cache, "softmaxgen", "onnx")])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split('=', 2))
                .ToDictionary(static parts => parts[0], static parts => parts[1]);
            return new Installation(places["python"], places["runtime"], Missing: null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return new Installation("", "", exception.Message);
        }
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, "Outside", name);

    private static string Run(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }

    private sealed record Installation(string Python, string Runtime, string? Missing);
}
