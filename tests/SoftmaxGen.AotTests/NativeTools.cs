using System.Runtime.InteropServices;

namespace SoftmaxGen.AotTests;

/// <summary>What NativeAOT needs of the machine besides the .NET SDK.</summary>
internal static class NativeTools
{
    /// <summary>Gets the program that links, by the order in which it is looked for; null when there is none.</summary>
    public static string? Linker { get; } = OperatingSystem.IsLinux() ? new[] { "clang", "gcc" }.FirstOrDefault(IsInstalled) : null;

    /// <summary>Gets the reason why native programs cannot be made here; null when they can.</summary>
    public static string? Lack => Linker is not null ? null
        : OperatingSystem.IsLinux() ? "Neither clang nor gcc is installed, one of which NativeAOT links with."
        : "NativeAOT is tested on Linux alone.";

    /// <summary>Gets a value indicating whether this is continuous integration, where nothing may be lacking.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    /// <summary>Gets the runtime to publish for: that of these tests.</summary>
    public static string RuntimeIdentifier => RuntimeInformation.RuntimeIdentifier;

    /// <summary>Looks for a program.</summary>
    /// <param name="program">Its name.</param>
    /// <returns>Whether it is in one of the folders for programs.</returns>
    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
