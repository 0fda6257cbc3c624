namespace SoftmaxGen.Tests.Persistence;

/// <summary>A temporary folder, deleted when disposed of.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("softmaxgen-files-");

    /// <summary>Gets the full path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_directory.FullName, name);

    /// <summary>Gets the names of the files in the folder, in order.</summary>
    public string[] Names => [.. _directory.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>Gets a file that is committed beside these tests.</summary>
    public static string Committed(string name) => Path.Combine(AppContext.BaseDirectory, "Persistence", "Files", name);

    public void Dispose() => _directory.Delete(recursive: true);
}
