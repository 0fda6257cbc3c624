using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>What a user's project references: the framework and SoftmaxGen, and nothing of what these tests reference besides.</summary>
internal static class References
{
    /// <summary>Gets the references.</summary>
    public static ImmutableArray<MetadataReference> All { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(SoftmaxModelAttribute).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];
}
