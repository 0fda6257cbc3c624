using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the crosses of members that a row type asks for.</summary>
internal static class CrossReader
{
    private const string CrossAttributeName = "SoftmaxGen.CrossAttribute";

    /// <summary>Reads the crosses.</summary>
    /// <returns>The crosses of its base types, the outermost first, and its own, in the order of the attributes.</returns>
    public static EquatableArray<DeclaredCross> Read(INamedTypeSymbol type) => RowReader.Lineage(type)
        .SelectMany(static level => level.GetAttributes())
        .Where(static attribute => attribute.AttributeClass?.ToDisplayString() == CrossAttributeName && attribute.ConstructorArguments.Length == 2)
        .Select(static attribute => new DeclaredCross(Name(attribute, 0), Name(attribute, 1)))
        .ToEquatableArray();

    private static string Name(AttributeData attribute, int index) =>
        attribute.ConstructorArguments[index] is { Kind: TypedConstantKind.Primitive, Value: string name } ? name : "";
}
