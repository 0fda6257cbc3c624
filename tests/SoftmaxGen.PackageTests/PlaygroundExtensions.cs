namespace SoftmaxGen.PackageTests;

/// <summary>What the tests do in a playground: they build without a warning, and run.</summary>
internal static class PlaygroundExtensions
{
    /// <summary>Builds a project, with warnings of the compiler, of the analyzers and of the build itself as errors.</summary>
    public static async Task BuildCleanlyAsync(this Playground playground, string project) =>
        (await playground.RunAsync("build", project, "-warnaserror", "-v", "quiet")).Succeeded();

    /// <summary>Runs a project that was built.</summary>
    public static async Task<string> RunBuiltAsync(this Playground playground, string project, string framework = "net10.0") =>
        (await playground.RunAsync("exec", "--roll-forward", "Major", Path.Combine(project, "bin", "Debug", framework, $"{project}.dll"))).Succeeded().Trim();
}
