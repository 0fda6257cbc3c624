namespace SoftmaxGen.PackageHarness;

/// <summary>An empty folder, far from this repository and its settings, where projects find the packed package beside the machine's own sources.</summary>
public sealed class Playground : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softmaxgen-user-");

    private Playground(Package package)
    {
        Package = package;
        Write("NuGet.config", $"""
            <configuration>
              <packageSources>
                <add key="softmaxgen-packed" value="{package.Feed}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Gets the folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Gets the package.</summary>
    public Package Package { get; }

    /// <summary>Makes a folder.</summary>
    /// <returns>The folder.</returns>
    public static async Task<Playground> CreateAsync() => new(await Package.GetAsync().ConfigureAwait(false));

    /// <summary>Makes a folder where projects find all packages of the repository.</summary>
    /// <returns>The folder.</returns>
    public static async Task<Playground> CreateWithAllAsync() => new(await Package.GetAllAsync().ConfigureAwait(false));

    /// <summary>Writes a file; <c>{version}</c> in it stands for the version of the package.</summary>
    /// <param name="path">The path below the folder.</param>
    /// <param name="text">The text.</param>
    /// <returns>The folder, for more files.</returns>
    public Playground Write(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.Replace("{version}", Package.Version, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Runs the <c>dotnet</c> command here.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What it left behind.</returns>
    public Task<CommandResult> RunAsync(params string[] arguments) => DotNet.RunAsync(Folder, arguments);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
