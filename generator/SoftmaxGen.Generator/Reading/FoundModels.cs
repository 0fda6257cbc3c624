using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The models that were found in a compilation. Most of them are those of the next compilation, too: nothing is read in the bodies of members, where most
/// keystrokes fall, and nothing in files that no model can depend on (<see cref="FileReach"/>).
/// </summary>
internal sealed class FoundModels
{
    // The driver keeps its last compilation; nothing else is to be kept alive for the sake of a comparison.
    private readonly WeakReference<Compilation> _compilation;
    private readonly FileReach?[] _reaches;

    /// <summary>Initializes a new instance of the <see cref="FoundModels"/> class.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="models">The models of each file.</param>
    /// <param name="reaches">What the models of each file may depend on, as far as that is known.</param>
    public FoundModels(Compilation compilation, ImmutableArray<EquatableArray<ModelSpec>> models, FileReach?[]? reaches = null)
    {
        _compilation = new(compilation);
        Models = models;
        _reaches = reaches ?? new FileReach?[models.Length];
    }

    /// <summary>Gets the models of each file.</summary>
    public ImmutableArray<EquatableArray<ModelSpec>> Models { get; }

    /// <summary>Finds the models of another compilation.</summary>
    /// <param name="other">The other compilation.</param>
    /// <param name="file">What the syntax of a file says.</param>
    /// <param name="candidates">The files of the other compilation that may have models.</param>
    /// <param name="read">Reads the models of a file of the other compilation.</param>
    /// <returns>The models, or null where all files are to be read.</returns>
    public FoundModels? MoveTo(
        Compilation other, Func<SyntaxTree, FileCandidates> file, Func<bool[]> candidates, Func<int, EquatableArray<ModelSpec>> read)
    {
        if (!_compilation.TryGetTarget(out Compilation compilation)
            || other.AssemblyName != compilation.AssemblyName
            || !other.Options.Equals(compilation.Options)
            || !other.References.SequenceEqual(compilation.References))
        {
            return null;
        }

        SyntaxTree[] before = [.. compilation.SyntaxTrees];
        SyntaxTree[] after = [.. other.SyntaxTrees];
        if (!before.SequenceEqual(after, new PlaceComparer()))
        {
            return null;
        }

        int[] changed = [.. Enumerable.Range(0, after.Length).Where(i => !IsTopLevelEquivalent(before[i], after[i], file))];
        if (changed.Length == 0)
        {
            return new FoundModels(other, Models, _reaches);
        }

        if (changed.Any(i => file(before[i]).Names.Common != file(after[i]).Names.Common))
        {
            return null;
        }

        Lazy<Names> names = new(() => new Names([.. before.Select(tree => file(tree).Names)]));
        var models = Models.ToBuilder();
        FileReach?[] reaches = new FileReach?[models.Count];
        bool[] mayHaveModels = candidates();
        for (int i = 0; i < reaches.Length; i++)
        {
            FileReach? reach = mayHaveModels[i] ? _reaches[i] ?? names.Value.ReachOf(i) : null;
            bool isTouched = reach is null || changed.Any(one => reach.IsTouchedBy(one, file(after[one]).Names));
            reaches[i] = isTouched ? null : reach;
            models[i] = !isTouched ? Models[i] : mayHaveModels[i] ? read(i) : default;
        }

        return new FoundModels(other, models.ToImmutable(), reaches);
    }

    // The body of an accessor may say `field`, and with it whether attributes of the property's field belong to anything.
    private static bool IsTopLevelEquivalent(SyntaxTree before, SyntaxTree after, Func<SyntaxTree, FileCandidates> file) =>
        before == after || (SyntaxFactory.AreEquivalent(before, after, topLevel: true) && !file(after).HasFieldAttributes);

    private sealed class Names(FileNames[] files)
    {
        private readonly ILookup<string, int> _declaring = files
            .SelectMany(static (names, file) => names.Declared.Select(name => (name, file)))
            .ToLookup(static pair => pair.name, static pair => pair.file, FileNames.Comparer);

        public FileReach ReachOf(int file) => FileReach.Of(file, files, _declaring);
    }

    private sealed class PlaceComparer : IEqualityComparer<SyntaxTree>
    {
        public bool Equals(SyntaxTree x, SyntaxTree y) => x == y || (x.FilePath == y.FilePath && x.Options.Equals(y.Options));

        public int GetHashCode(SyntaxTree obj) => 0;
    }
}
