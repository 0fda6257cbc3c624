using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the enum that a model's attribute names as its classes.</summary>
internal static class EnumReader
{
    /// <summary>Reads an enum.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="model">The model.</param>
    /// <returns>The facts, or null while the enum does not compile.</returns>
    public static DeclaredEnum? Read(INamedTypeSymbol type, INamedTypeSymbol model)
    {
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsConst)];
        if (type.EnumUnderlyingType is not { } underlying || fields.Any(static field => !field.HasConstantValue))
        {
            return null;
        }

        return new DeclaredEnum(
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            underlying.ToDisplayString(),
            TypeReachReader.Read(type, model),
            type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"),
            fields
                .Select(static field => new DeclaredEnumMember(field.Name, Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture)))
                .OrderBy(static member => member.Value)
                .ToEquatableArray());
    }
}
