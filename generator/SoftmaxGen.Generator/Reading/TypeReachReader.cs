using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds out whether a type is as accessible as a model, all types that its name is made of considered.</summary>
internal static class TypeReachReader
{
    /// <summary>Reads the reach of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="model">The model whose members are to speak of it.</param>
    /// <returns>Whether they can.</returns>
    public static TypeReach Read(INamedTypeSymbol type, INamedTypeSymbol model)
    {
        INamedTypeSymbol[] mentioned = [.. Mentioned(type)];
        if (mentioned.Any(static part => part.IsFileLocal))
        {
            return TypeReach.FileLocal;
        }

        return mentioned.All(part => IsAsAccessible(part, model)) ? TypeReach.Full : TypeReach.LessAccessible;
    }

    // The type, the types around it, and the arguments of all of them.
    private static IEnumerable<INamedTypeSymbol> Mentioned(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named => TypeSpecReader.EnclosingTypes(named)
            .Append(named)
            .SelectMany(static part => part.TypeArguments.SelectMany(Mentioned).Append(part)),
        IArrayTypeSymbol array => Mentioned(array.ElementType),
        _ => [],
    };

    private static bool IsAsAccessible(INamedTypeSymbol type, INamedTypeSymbol model)
    {
        INamedTypeSymbol[] levels = [.. TypeSpecReader.EnclosingTypes(model), model];
        return type.DeclaredAccessibility switch
        {
            Accessibility.Public => true,
            Accessibility.Internal => levels.Any(IsConfinedToAssembly),
            Accessibility.ProtectedOrInternal => levels.Any(IsConfinedToAssembly) || levels.Any(level => IsConfinedLike(level, type)),
            _ => levels.Any(level => IsConfinedLike(level, type)),
        };
    }

    private static bool IsConfinedToAssembly(INamedTypeSymbol level) =>
        level.DeclaredAccessibility is Accessibility.Internal or Accessibility.Private or Accessibility.ProtectedAndInternal;

    // No less strict, and inside the same type.
    private static bool IsConfinedLike(INamedTypeSymbol level, INamedTypeSymbol type) =>
        (level.DeclaredAccessibility == type.DeclaredAccessibility || level.DeclaredAccessibility == Accessibility.Private)
        && TypeSpecReader.EnclosingTypes(level).Contains(type.ContainingType, SymbolEqualityComparer.Default);
}
