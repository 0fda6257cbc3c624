using System.Globalization;
using System.Runtime.InteropServices;

namespace SoftmaxGen.PackageHarness;

/// <summary>
/// The package, packed from the sources into a feed of its own, once for all tests of a process; on demand with all others of the repository. The feed goes
/// when the process does.
/// </summary>
public sealed class Package
{
    private const string Main = "SoftmaxGen";

    private static readonly Lazy<Task<Package>> _instance = new(PackAsync);
    private static readonly Lazy<Task<Package>> _all = new(PackAllAsync);

    private readonly string _folder;

    private Package(string version, string folder)
    {
        Version = version;
        _folder = folder;
    }

    /// <summary>Gets the ids of all packages of the repository: the names of the projects in <c>src</c>.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.GetDirectories(System.IO.Path.Combine(Repository.Folder, "src"))
            .Where(static folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(static folder => System.IO.Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Gets the platform that the tool is packed for, besides that of all others: this one, which is where it can be tried.</summary>
    public static string ToolPlatform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{Lower(RuntimeInformation.OSArchitecture.ToString())}";

    /// <summary>
    /// Gets the version: newer than any there is, and another each time, so that neither a published package nor one in a cache is ever taken for it.
    /// </summary>
    public string Version { get; }

    /// <summary>Gets the folder of the feed.</summary>
    public string Feed => System.IO.Path.Combine(_folder, "feed");

    /// <summary>Gets the path of the package.</summary>
    public string Path => PathOf(Main);

    /// <summary>Gets the path of the package of symbols.</summary>
    public string SymbolsPath => System.IO.Path.ChangeExtension(Path, ".snupkg");

    /// <summary>Packs the package at the first call.</summary>
    /// <returns>The package.</returns>
    public static Task<Package> GetAsync() => _instance.Value;

    /// <summary>Packs the package, and all others beside it, at the first call.</summary>
    /// <returns>The package.</returns>
    public static Task<Package> GetAllAsync() => _all.Value;

    /// <summary>Gets the path of a package.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The path.</returns>
    public string PathOf(string id) => System.IO.Path.Combine(Feed, $"{id}.{Version}.nupkg");

    private static async Task<Package> PackAsync()
    {
        string version = string.Create(
            CultureInfo.InvariantCulture, $"9999.{Environment.ProcessId}.{DateTimeOffset.UtcNow.ToUnixTimeSeconds() % int.MaxValue}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-package-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder.FullName, version);
        Package package = new(version, folder.FullName);
        await package.PackAsync(Main).ConfigureAwait(false);
        return package;
    }

    private static async Task<Package> PackAllAsync()
    {
        Package package = await GetAsync().ConfigureAwait(false);
        foreach (string id in Ids.Where(static id => id != Main))
        {
            await package.PackAsync(id).ConfigureAwait(false);
        }

        return package;
    }

    // What was installed from the feed lies in the user's folder of packages, and would stay there for good.
    private static void Delete(string folder, string version)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.Delete(folder, recursive: true);
        foreach (string id in Ids)
        {
            // The folders of packages are in lower case on every system.
            DirectoryInfo installed = new(System.IO.Path.Combine(packages, Lower(id), version));
            if (installed.Exists)
            {
                installed.Delete(recursive: true);
            }
        }
    }

    private static string Lower(string id) => string.Concat(id.Select(char.ToLowerInvariant));

    // In an artifacts folder of its own: the tests run while other projects are still being built. Without the rules of the .NET analyzers, which change no
    // byte and have been applied to the same sources by the build of this repository.
    private async Task PackAsync(string id)
    {
        CommandResult result = await DotNet.RunAsync(
            Repository.Folder,
            "pack",
            System.IO.Path.Combine("src", id),
            "--artifacts-path",
            System.IO.Path.Combine(_folder, "artifacts"),
            "--output",
            Feed,
            $"-p:PackageVersion={Version}",
            "-p:MinVerSkip=true",
            $"-p:ToolPlatforms={ToolPlatform}",
            "-p:RunAnalyzersDuringBuild=false",
            "-warnaserror").ConfigureAwait(false);
        result.Succeeded();
    }
}
