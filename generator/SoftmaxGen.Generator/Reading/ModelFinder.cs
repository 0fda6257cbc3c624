using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// Finds the models of a compilation. <c>ForAttributeWithMetadataName</c> would have to be asked for each form of the attribute, and takes half a dozen
/// steps of each file every time: with it, a keystroke beside 100 models took twice as long. Here the syntax of a file is read once for each text of it,
/// members passed by, and each model once for each compilation that differs from the last one where the model may depend on it.
/// </summary>
internal sealed class ModelFinder
{
    // Of syntax alone, which never changes. What a compilation makes of it is asked for again each time.
    private readonly ConditionalWeakTable<SyntaxTree, FileCandidates> _files = new();

    private volatile FoundModels? _found;

    /// <summary>Finds the valid models of a compilation.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>Those of each file, in the order of the files.</returns>
    public ImmutableArray<EquatableArray<ModelSpec>> Find(Compilation compilation, CancellationToken cancellationToken)
    {
        HintNames hintNames = new();
        Lazy<ImmutableArray<TypeDeclarationSyntax>[]> candidates = new(() => [.. Candidates(compilation)]);
        FoundModels found = _found?.MoveTo(compilation, File, () => [.. candidates.Value.Select(static file => !file.IsEmpty)], Read)
            ?? new FoundModels(compilation, [.. Enumerable.Range(0, candidates.Value.Length).Select(Read)]);
        _found = found;
        return found.Models;

        EquatableArray<ModelSpec> Read(int file) => candidates.Value[file].IsEmpty
            ? default
            : candidates.Value[file]
                .Select(candidate => ModelReader.Read(candidate, compilation, hintNames, cancellationToken))
                .OfType<ModelSpec>()
                .ToEquatableArray();
    }

    /// <summary>Judges all declarations of models in a compilation.</summary>
    /// <typeparam name="T">The type of what is said.</typeparam>
    /// <param name="compilation">The compilation.</param>
    /// <param name="judge">Says what there is to say of a declaration, if anything.</param>
    /// <param name="cancellationToken">Abandons the search.</param>
    /// <returns>What is said, in the order of the files.</returns>
    public ImmutableArray<T> FindDeclined<T>(
        Compilation compilation,
        Func<INamedTypeSymbol, AttributeData, ModelDeclaration, CancellationToken, IEnumerable<T>> judge,
        CancellationToken cancellationToken)
    {
        HintNames hintNames = new();
        return [.. Candidates(compilation).SelectMany(static file => file).SelectMany(Judge)];

        IEnumerable<T> Judge(TypeDeclarationSyntax candidate) =>
            ModelReader.Find(candidate, compilation, cancellationToken) is var (type, attribute)
            && DeclarationReader.Read(type, attribute, compilation, hintNames, cancellationToken) is { } declaration
                ? judge(type, attribute, declaration, cancellationToken)
                : [];
    }

    private FileCandidates File(SyntaxTree tree) => _files.GetValue(tree, FileCandidates.Read);

    private IEnumerable<ImmutableArray<TypeDeclarationSyntax>> Candidates(Compilation compilation)
    {
        FileCandidates[] files = [.. compilation.SyntaxTrees.Select(File)];
        HashSet<string> globalAliases = [.. files.SelectMany(static file => file.GlobalAliases)];
        return files.Select(file => file.Among(globalAliases));
    }
}
