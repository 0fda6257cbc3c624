using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>What compiled models may refer to: the framework, SoftmaxGen, and this library.</summary>
internal static class References
{
    private static readonly Lazy<MetadataReference[]> _all = new(Find);

    /// <summary>Gets the references.</summary>
    /// <exception cref="NotSupportedException">The program has no such files.</exception>
    public static MetadataReference[] All => _all.Value;

    [SuppressMessage("SingleFile", "IL3000", Justification = "An empty location is looked for and refused.")]
    private static MetadataReference[] Find()
    {
        string core = typeof(object).Assembly.Location;
        string[] own = [typeof(SoftmaxModelAttribute).Assembly.Location, typeof(ModelCompiler).Assembly.Location];
        if (core.Length == 0 || own.Contains("") || AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is not string trusted)
        {
            throw new NotSupportedException(
                "Models cannot be compiled here, because the assemblies to compile against are no files: publish the program without PublishSingleFile.");
        }

        string? framework = Path.GetDirectoryName(core);
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework && IsOfFramework(Path.GetFileName(path)))
                .Concat(own)
                .Select(static path => MetadataReference.CreateFromFile(path)),
        ];
    }

    // A program that brings its own framework keeps it in one folder with everything else.
    private static bool IsOfFramework(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) || file is "mscorlib.dll" or "netstandard.dll";
}
