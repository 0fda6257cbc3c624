namespace SoftmaxGen.Disk.Tests;

/// <summary>A folder of its own for a test, removed behind it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softmaxgen-rows-");

    /// <summary>Gets the names of all files.</summary>
    public IEnumerable<string> Names => _folder
        .EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None })
        .Select(static file => file.Name);

    /// <summary>Gets the path of a file.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
