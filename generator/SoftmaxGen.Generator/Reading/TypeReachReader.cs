using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds out whether the members of a model can speak of a type, all types that its name is made of considered.</summary>
internal static class TypeReachReader
{
    /// <summary>Reads the reach of a type.</summary>
    public static TypeReach Read(INamedTypeSymbol type, INamedTypeSymbol model, Compilation compilation)
    {
        INamedTypeSymbol[] mentioned = [.. Mentioned(type)];
        return mentioned switch
        {
            _ when mentioned.Any(static part => part.IsFileLocal) => TypeReach.FileLocal,
            _ when !mentioned.All(part => IsAsAccessible(part, model)) => TypeReach.LessAccessible,
            _ when mentioned.Any(part => ForbiddenReader.IsForbidden(part, model)) => TypeReach.Forbidden,
            _ when !mentioned.All(part => IsNameable(part, compilation)) => TypeReach.Unnameable,
            _ => TypeReach.Full,
        };
    }

    /// <summary>Lists the types that the name of a type is made of: the type, the types around it, and the arguments of all of them.</summary>
    public static IEnumerable<INamedTypeSymbol> Mentioned(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named => TypeSpecReader.EnclosingTypes(named)
            .Append(named)
            .SelectMany(static part => part.TypeArguments.SelectMany(Mentioned).Append(part)),
        IArrayTypeSymbol array => Mentioned(array.ElementType),
        _ => [],
    };

    /// <summary>
    /// Decides whether <c>global::</c> and the name of a type lead to the type. They do not where its assembly is referenced by an alias alone, nor where the
    /// compilation, or two references, have a type of that name.
    /// </summary>
    public static bool IsNameable(INamedTypeSymbol type, Compilation compilation)
    {
        INamedTypeSymbol outermost = (TypeSpecReader.EnclosingTypes(type).FirstOrDefault() ?? type).OriginalDefinition;
        if (outermost.SpecialType != SpecialType.None
            || outermost.IsTupleType
            || SymbolEqualityComparer.Default.Equals(outermost.ContainingAssembly, compilation.Assembly))
        {
            return true;
        }

        // References that have an alias and not `global` are no part of this namespace.
        INamedTypeSymbol[] found = Find(compilation.GlobalNamespace, outermost.ContainingNamespace) is { } space
            ? [.. space.GetTypeMembers(outermost.Name, outermost.Arity)
                .Where(candidate => compilation.IsSymbolAccessibleWithin(candidate, compilation.Assembly))]
            : [];
        return found.Length == 1 && SymbolEqualityComparer.Default.Equals(found[0], outermost);
    }

    private static INamespaceSymbol? Find(INamespaceSymbol global, INamespaceSymbol space) => space.IsGlobalNamespace
        ? global
        : Find(global, space.ContainingNamespace)?.GetNamespaceMembers().FirstOrDefault(member => member.Name == space.Name);

    // Whoever sees the model must see the type. What narrows the one, wherever among the types around it, must be as narrow as what narrows the other.
    private static bool IsAsAccessible(INamedTypeSymbol type, INamedTypeSymbol model) =>
        type.DeclaredAccessibility == Accessibility.Public
        || TypeSpecReader.EnclosingTypes(model).Append(model).Any(level => IsConfinedLike(level, type));

    private static bool IsConfinedLike(INamedTypeSymbol level, INamedTypeSymbol type) => type.DeclaredAccessibility switch
    {
        Accessibility.Private => IsConfinedToBody(level, type.ContainingType),
        Accessibility.Internal => IsConfinedToAssembly(level, type),
        Accessibility.Protected => IsConfinedToFamily(level, type.ContainingType),
        Accessibility.ProtectedAndInternal => IsConfinedToAssembly(level, type) && IsConfinedToFamily(level, type.ContainingType),
        Accessibility.ProtectedOrInternal => IsConfinedToAssembly(level, type) || IsConfinedToFamily(level, type.ContainingType) || IsUnionOfBoth(level, type),
        _ => true,
    };

    // Private in a type, or in one inside of it.
    private static bool IsConfinedToBody(INamedTypeSymbol level, INamedTypeSymbol outer) =>
        level.DeclaredAccessibility == Accessibility.Private
        && TypeSpecReader.EnclosingTypes(level).Any(around => SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, outer.OriginalDefinition));

    private static bool IsConfinedToAssembly(INamedTypeSymbol level, INamedTypeSymbol type) =>
        level.DeclaredAccessibility is Accessibility.Internal or Accessibility.Private or Accessibility.ProtectedAndInternal && IsInReachOfFriends(level, type);

    // Seen in a type that derives from the other one, and in what derives from that; or, if private, in the body of such a type alone.
    private static bool IsConfinedToFamily(INamedTypeSymbol level, INamedTypeSymbol outer) => level.DeclaredAccessibility switch
    {
        Accessibility.Private => TypeSpecReader.EnclosingTypes(level).Any(around => DerivesFrom(around, outer)),
        Accessibility.Protected or Accessibility.ProtectedAndInternal => DerivesFrom(level.ContainingType, outer),
        _ => false,
    };

    private static bool IsUnionOfBoth(INamedTypeSymbol level, INamedTypeSymbol type) =>
        level.DeclaredAccessibility == Accessibility.ProtectedOrInternal && IsInReachOfFriends(level, type)
            && DerivesFrom(level.ContainingType, type.ContainingType);

    private static bool IsInReachOfFriends(INamedTypeSymbol level, INamedTypeSymbol type) =>
        BaseReader.IsFriend(type.ContainingAssembly, level.ContainingAssembly);

    private static bool DerivesFrom(INamedTypeSymbol? type, INamedTypeSymbol ancestor) =>
        type is not null
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, ancestor.OriginalDefinition) || DerivesFrom(type.BaseType, ancestor));
}
