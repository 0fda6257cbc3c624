namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Compares the path of an additional file with the name that an attribute gives.</summary>
internal static class WeightsPath
{
    /// <summary>Decides whether a file is the one named: its path ends in the name, whole folders compared.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="name">The name, with or without folders.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNamed(string path, string name) =>
        name.Length > 0 && ("/" + path.Replace('\\', '/')).EndsWith("/" + name.Replace('\\', '/'), StringComparison.Ordinal);

    /// <summary>Takes the last part of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The name of the file, whichever slashes the path has.</returns>
    public static string FileName(string path) => path.Substring(path.Replace('\\', '/').LastIndexOf('/') + 1);
}
