using System.Diagnostics;

namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>
/// The onnx package of Python, whose checker judges exported models, and which makes others. <c>install.sh</c> installs it where it is missing.
/// </summary>
internal static class OutsideTools
{
    private static readonly Lazy<Installation> _installation = new(Install);

    /// <summary>Gets why the package is missing; null when it is there.</summary>
    public static string? Missing => _installation.Value.Missing;

    /// <summary>Runs one of the Python programs of this folder.</summary>
    /// <returns>What it wrote.</returns>
    public static string Python(string script, params string[] arguments) => Run(_installation.Value.Python, [Beside(script), .. arguments]);

    private static Installation Install()
    {
        if (OperatingSystem.IsWindows())
        {
            return new Installation("", "The installation is a script for bash and Debian's packages.");
        }

        try
        {
            return new Installation(Run("bash", [Beside("install.sh")]).Trim(), Missing: null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return new Installation("", exception.Message);
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

    private sealed record Installation(string Python, string? Missing);
}
