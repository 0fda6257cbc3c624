using SoftmaxGen.Compiler.Compilation;

namespace SoftmaxGen.Compiler;

/// <summary>How models are compiled at run time. Immutable.</summary>
public sealed record CompilerOptions
{
    /// <summary>
    /// Gets the folder of compiled shapes, which is created when it is missing; null for none. Only this user may read and write there: a folder or a file
    /// that others could have written is not used, and a damaged file is compiled anew. Files that were not used for 90 days are removed. Any number of
    /// processes may share a folder. The default is <c>softmaxgen</c> in the user's folder of caches.
    /// </summary>
    public string? CacheDirectory { get; init; } = CompilationCache.UserDirectory;
}
