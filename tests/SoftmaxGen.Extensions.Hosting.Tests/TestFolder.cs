using System.Diagnostics;

namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>A temporary folder.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softmaxgen-hosting-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Lets a symbolic link lead to another place, in one step, as those who deploy do. The runtime itself renames no links to folders.</summary>
    public void Link(string name, string target)
    {
        File.CreateSymbolicLink(this["next"], target);
        using Process move = Process.Start("mv", ["-T", this["next"], this[name]]);
        move.WaitForExit();
        Assert.Equal(0, move.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
