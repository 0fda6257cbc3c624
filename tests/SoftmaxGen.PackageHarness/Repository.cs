using System.Reflection;

namespace SoftmaxGen.PackageHarness;

/// <summary>The sources that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Gets the folder of the whole repository.</summary>
    public static string Folder { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "RepositoryDirectory")
        .Value!;

    /// <summary>Reads a file of the repository.</summary>
    /// <param name="path">The path below its folder.</param>
    /// <returns>The text.</returns>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));
}
