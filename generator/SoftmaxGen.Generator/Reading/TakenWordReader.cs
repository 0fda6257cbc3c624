using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds types that are called like a word of C#. Where such a type is known, the word means the type, in generated code as well.</summary>
internal static class TakenWordReader
{
    // Of the words that can be the name of a type those that generated code uses.
    private static readonly string[] _words = ["var", "nint", "nuint"];

    /// <summary>Finds the words that are taken where a model is declared.</summary>
    public static IEnumerable<string> Read(INamedTypeSymbol model, SyntaxReference place, Compilation compilation)
    {
        SemanticModel semantics = compilation.GetSemanticModel(place.SyntaxTree);
        return _words.Where(word =>
            RowReader.Lineage(model).Any(level => !level.GetTypeMembers(word, 0).IsEmpty)
            || model.TypeParameters.Any(parameter => parameter.Name == word)
            || semantics.LookupNamespacesAndTypes(place.Span.Start, name: word).Any(IsTaken));
    }

    private static bool IsTaken(ISymbol symbol) => symbol switch
    {
        IAliasSymbol alias => IsTaken(alias.Target),
        INamedTypeSymbol { Arity: 0, SpecialType: SpecialType.None } or ITypeParameterSymbol => true,
        _ => false,
    };
}
