using System.Diagnostics;
using System.Reflection;

namespace SoftmaxGen.Site.Tests;

/// <summary>The site, made once for all tests by the command that makes it.</summary>
public sealed class BuiltSite : IAsyncLifetime
{
    /// <summary>Gets the folder of the repository.</summary>
    public static string Repository { get; } =
        typeof(BuiltSite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryDirectory").Value!;

    /// <summary>Gets the folder of the site.</summary>
    public static string Folder { get; } = Path.Combine(Repository, "docs", "site", "bin", "site");

    /// <summary>Gets the paths of all pages, from the folder of the site.</summary>
    public IReadOnlyList<string> Pages { get; private set; } = [];

    /// <summary>Gets the text of each page.</summary>
    /// <param name="page">Its path.</param>
    public static string Text(string page) => File.ReadAllText(Path.Combine(Folder, page));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        ProcessStartInfo start = new("bash", [Path.Combine("docs", "site", "build"), "--no-build"])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"docs/site/build ended with {process.ExitCode}:\n{output}{await errors}");

        // Tables of contents are pieces of pages.
        Pages =
        [
            .. Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
                .Where(static path => Path.GetFileName(path) != "toc.html")
                .Select(static path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;
}
