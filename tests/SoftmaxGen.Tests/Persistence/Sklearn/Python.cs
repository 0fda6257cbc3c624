using System.Diagnostics;

namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>Debian's Python with scikit-learn, and the scripts that these tests run.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<string?> _missing = new(Install);

    /// <summary>Gets why scikit-learn cannot be had; null when it can.</summary>
    public static string? MissingReason => _missing.Value;

    /// <summary>Gets the folder of the scripts and fixtures.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Persistence", "Sklearn");

    /// <summary>Runs <c>models.py</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its output.</returns>
    public static string RunModels(params string[] arguments) => RunScript("models.py", arguments);

    /// <summary>Runs <c>pipelines.py</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its output.</returns>
    public static string RunPipelines(params string[] arguments) => RunScript("pipelines.py", arguments);

    private static string RunScript(string script, string[] arguments)
    {
        Assert.True(MissingReason is null, $"scikit-learn is missing: {MissingReason}");
        (int code, string output) = Run(Interpreter, [Path.Combine(Folder, script), .. arguments]);
        Assert.True(code == 0, $"{script} ended with {code}: {output}");
        return output;
    }

    private static string? Install()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the script installs Debian's";
        }

        (int code, string output) = Run("/bin/sh", [Path.Combine(Folder, "install.sh")]);
        return code == 0 ? null : output.Trim();
    }

    private static (int Code, string Output) Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }
}
