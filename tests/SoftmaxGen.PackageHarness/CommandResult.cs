namespace SoftmaxGen.PackageHarness;

/// <summary>What a command left behind.</summary>
/// <param name="Command">The command line.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, errors included.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>Insists on success.</summary>
    /// <returns>What the command wrote.</returns>
    /// <exception cref="InvalidOperationException">The command failed; the message is what it wrote.</exception>
    public string Succeeded() => ExitCode == 0
        ? Output
        : throw new InvalidOperationException($"'{Command}' ended with {ExitCode}:{Environment.NewLine}{Output}");
}
