using System.Reflection;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>The folders the tests were built from.</summary>
internal static class SourceTree
{
    /// <summary>Gets the folder of this project.</summary>
    public static string Project { get; } = typeof(SourceTree).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "ProjectDirectory")
        .Value!;

    /// <summary>Gets the folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Project, "..", ".."));

    /// <summary>Gets the folder of the pages about the diagnostics.</summary>
    public static string DiagnosticPages { get; } = Path.Combine(Root, "docs", "diagnostics");

    /// <summary>Reads the sources of the samples.</summary>
    public static IEnumerable<string> ReadSamples() => Directory
        .EnumerateFiles(Path.Combine(Project, "..", "..", "samples"), "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllText);
}
