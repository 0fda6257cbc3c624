using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the names by which generated code continues a type.</summary>
internal static class TypeSpecReader
{
    /// <summary>Reads a type.</summary>
    public static TypeSpec Read(INamedTypeSymbol type, HintNames hintNames) => new(
        string.Join(".", Namespaces(type).Select(static part => Escape(part.Name))),
        EnclosingTypes(type).Select(ReadEnclosingType).ToEquatableArray(),
        EscapeType(type.Name),
        TypeParameters(type).ToEquatableArray(),
        hintNames.Of(type));

    /// <summary>Lists the types around a type.</summary>
    /// <returns>The types, the outermost first.</returns>
    public static IEnumerable<INamedTypeSymbol> EnclosingTypes(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? EnclosingTypes(outer).Append(outer) : [];

    /// <summary>Writes a name as code does.</summary>
    /// <returns>The name; with <c>@</c> before it where it is a keyword.</returns>
    // Contextual keywords too: a class may be called @record or @required, but not record or required.
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static IEnumerable<INamespaceSymbol> Namespaces(ISymbol symbol) =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } outer ? Namespaces(outer).Append(outer) : [];

    private static EnclosingType ReadEnclosingType(INamedTypeSymbol type)
    {
        EquatableArray<string> parameters = TypeParameters(type).ToEquatableArray();
        string name = EscapeType(type.Name);
        return new EnclosingType(Keyword(type), parameters.Count == 0 ? name : $"{name}<{string.Join(", ", parameters)}>");
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static IEnumerable<string> TypeParameters(INamedTypeSymbol type) => type.TypeParameters.Select(static parameter => EscapeType(parameter.Name));

    // A name of small letters alone draws the warning CS8981 wherever it is declared, unless it carries the sign; the user's own part may have it suppressed.
    private static string EscapeType(string name) =>
        name.All(static letter => letter is >= 'a' and <= 'z') ? "@" + name : Escape(name);
}
