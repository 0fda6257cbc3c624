namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Compares the path of an additional file with the name that an attribute gives.</summary>
internal static class WeightsPath
{
    /// <summary>
    /// Decides whether a file is the one named: its path ends in the name, whole folders compared. <c>./x</c>, <c>y//x</c> and an absolute path are names too.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="name">The name, with or without folders.</param>
    public static bool IsNamed(string path, string name) =>
        Folders(name) is { Count: > 0 } named && Folders(path) is var folders && folders.Count >= named.Count
        && folders.Skip(folders.Count - named.Count).SequenceEqual(named, StringComparer.Ordinal);

    /// <summary>Takes the last part of a path.</summary>
    /// <returns>The name of the file, whichever slashes the path has.</returns>
    public static string FileName(string path) => path.Substring(path.Replace('\\', '/').LastIndexOf('/') + 1);

    // The folders of a path and the file, without those that lead nowhere. What lies above the first one cannot be told from the path alone.
    private static List<string> Folders(string path)
    {
        List<string> folders = [];
        foreach (string part in path.Split('/', '\\').Where(static part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                folders.Add(part);
            }
            else if (folders.Count > 0)
            {
                folders.RemoveAt(folders.Count - 1);
            }
        }

        return folders;
    }
}
