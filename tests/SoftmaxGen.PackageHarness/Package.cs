using System.Globalization;

namespace SoftmaxGen.PackageHarness;

/// <summary>The package, packed from the sources into a feed of its own, once for all tests of a process. The feed goes when the process does.</summary>
public sealed class Package
{
    private static readonly Lazy<Task<Package>> _instance = new(PackAsync);

    private Package(string version, string feed)
    {
        Version = version;
        Feed = feed;
    }

    /// <summary>
    /// Gets the version: newer than any there is, and another each time, so that neither a published package nor one in a cache is ever taken for it.
    /// </summary>
    public string Version { get; }

    /// <summary>Gets the folder of the feed.</summary>
    public string Feed { get; }

    /// <summary>Gets the path of the package.</summary>
    public string Path => System.IO.Path.Combine(Feed, $"SoftmaxGen.{Version}.nupkg");

    /// <summary>Gets the path of the package of symbols.</summary>
    public string SymbolsPath => System.IO.Path.ChangeExtension(Path, ".snupkg");

    /// <summary>Packs the package at the first call.</summary>
    /// <returns>The package.</returns>
    public static Task<Package> GetAsync() => _instance.Value;

    // In an artifacts folder of its own: the tests run while other projects are still being built. Without the rules of the .NET analyzers, which change no
    // byte and have been applied to the same sources by the build of this repository.
    private static async Task<Package> PackAsync()
    {
        string version = string.Create(CultureInfo.InvariantCulture, $"9999.{Environment.ProcessId}.{DateTimeOffset.UtcNow.ToUnixTimeSeconds() % int.MaxValue}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-package-");
        string feed = System.IO.Path.Combine(folder.FullName, "feed");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder.FullName, version);
        CommandResult result = await DotNet.RunAsync(
            Repository.Folder,
            "pack",
            System.IO.Path.Combine("src", "SoftmaxGen"),
            "--artifacts-path",
            System.IO.Path.Combine(folder.FullName, "artifacts"),
            "--output",
            feed,
            $"-p:PackageVersion={version}",
            "-p:RunAnalyzersDuringBuild=false",
            "-warnaserror").ConfigureAwait(false);
        result.Succeeded();
        return new Package(version, feed);
    }

    // What was installed from the feed lies in the user's folder of packages, and would stay there for good.
    private static void Delete(string folder, string version)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string installed = System.IO.Path.Combine(packages, "softmaxgen", version);
        Directory.Delete(folder, recursive: true);
        if (Directory.Exists(installed))
        {
            Directory.Delete(installed, recursive: true);
        }
    }
}
