using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the enum that a model's attribute names as its classes.</summary>
internal static class EnumReader
{
    /// <summary>The attribute of a member that is no class.</summary>
    private const string NotAClassAttributeName = "SoftmaxGen.NotAClassAttribute";

    /// <summary>Reads an enum.</summary>
    /// <returns>The facts, or null while the enum does not compile.</returns>
    public static DeclaredEnum? Read(INamedTypeSymbol type, INamedTypeSymbol model, Compilation compilation)
    {
        if (type.EnumUnderlyingType is not { } underlying || ReadMembers(type) is not { } members)
        {
            return null;
        }

        return new DeclaredEnum(
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            underlying.ToDisplayString(),
            TypeReachReader.Read(type, model, compilation),
            type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"),
            members.OrderBy(static member => member.Value).ToEquatableArray());
    }

    // In the order of their declaration; null while one of them does not compile.
    private static IEnumerable<DeclaredEnumMember>? ReadMembers(INamedTypeSymbol type)
    {
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsConst)];
        return fields.All(static field => field.HasConstantValue) ? fields.Where(IsClass).Select(ReadMember) : null;
    }

    private static bool IsClass(IFieldSymbol field) =>
        !field.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == NotAClassAttributeName);

    private static DeclaredEnumMember ReadMember(IFieldSymbol field) => new(
        field.Name, GivenName.Find(field.GetAttributes()) ?? field.Name, Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture));
}
