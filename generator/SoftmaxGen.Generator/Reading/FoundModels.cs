using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The models that were found in a compilation. They are those of another compilation, too, where the two differ in the bodies of members alone: nothing
/// that is read of a model or of its rows lies there, and most keystrokes do.
/// </summary>
/// <param name="compilation">The compilation.</param>
/// <param name="models">The models of each file.</param>
internal sealed class FoundModels(Compilation compilation, ImmutableArray<EquatableArray<ModelSpec>> models)
{
    // The driver keeps its last compilation; nothing else is to be kept alive for the sake of a comparison.
    private readonly WeakReference<Compilation> _compilation = new(compilation);

    /// <summary>Gets the models of each file.</summary>
    public ImmutableArray<EquatableArray<ModelSpec>> Models { get; } = models;

    /// <summary>Decides whether the models of another compilation are the same for certain.</summary>
    /// <param name="other">The other compilation.</param>
    /// <param name="read">Reads a file.</param>
    /// <returns>Whether they are; if not, they may be all the same.</returns>
    public bool HoldFor(Compilation other, Func<SyntaxTree, FileCandidates> read) =>
        _compilation.TryGetTarget(out Compilation compilation)
        && other.AssemblyName == compilation.AssemblyName
        && other.Options.Equals(compilation.Options)
        && other.References.SequenceEqual(compilation.References)
        && other.SyntaxTrees.SequenceEqual(compilation.SyntaxTrees, new TopLevelComparer(read));

    // The body of an accessor may say `field`, and with it whether attributes of the property's field belong to anything.
    private sealed class TopLevelComparer(Func<SyntaxTree, FileCandidates> read) : IEqualityComparer<SyntaxTree>
    {
        public bool Equals(SyntaxTree x, SyntaxTree y) =>
            x == y
            || (x.FilePath == y.FilePath
                && x.Options.Equals(y.Options)
                && SyntaxFactory.AreEquivalent(x, y, topLevel: true)
                && !read(y).HasFieldAttributes);

        public int GetHashCode(SyntaxTree obj) => 0;
    }
}
