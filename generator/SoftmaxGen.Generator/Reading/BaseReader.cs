using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads what a model's base classes ask of its constructor, which is generated and passes on nothing.</summary>
internal static class BaseReader
{
    /// <summary>Reads whether the generated constructor can call one of the base class.</summary>
    /// <returns>The name of the base class if not; empty if it can, or while the base class does not compile.</returns>
    public static string ReadUnreachableBase(INamedTypeSymbol type) =>
        type.BaseType is { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } parent
        && (IsModel(parent) || !parent.InstanceConstructors.Any(constructor => IsReachable(constructor, type)))
            ? parent.Name
            : "";

    /// <summary>Reads the members that an object initializer would have to set.</summary>
    /// <returns>Their names; those of overridden members once.</returns>
    public static EquatableArray<string> ReadRequiredMembers(INamedTypeSymbol type, DeclaredParts parts) =>
        SelfAndBases(type)
            .Skip(parts.MayRequireMembers ? 0 : 1)
            .SelectMany(static level => level.GetMembers())
            .Where(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
            .Select(static member => member.Name)
            .Distinct()
            .ToEquatableArray();

    /// <summary>
    /// Reads the members that the model inherits and can see. A generated member of such a name would hide it: that is a warning in generated code, where
    /// nobody can mend it, and of methods too, for which of them are overloads only the signatures could tell.
    /// </summary>
    /// <returns>The members, those of <see cref="object"/> not among them; none of another model, which is no base class at all.</returns>
    public static IEnumerable<DeclaredMember> ReadInheritedMembers(INamedTypeSymbol type) =>
        SelfAndBases(type)
            .Skip(1)
            .TakeWhile(static level => !IsModel(level))
            .SelectMany(static level => level.GetMembers())
            .Where(member => member.CanBeReferencedByName && IsVisible(member, type))
            .Select(static member => new DeclaredMember(member.Name, IsMethod: false));

    /// <summary>Decides whether an assembly may use what is internal to another.</summary>
    public static bool IsFriend(IAssemblySymbol assembly, IAssemblySymbol user) =>
        SymbolEqualityComparer.Default.Equals(assembly, user) || assembly.GivesAccessTo(user);

    // Without `object`, which is every model's and asks for nothing.
    private static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol type) =>
        type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? SelfAndBases(parent).Prepend(type) : [type];

    // The only constructor that another model will have is generated, private, and not there yet.
    private static bool IsModel(INamedTypeSymbol type) => ModelAttribute.Find(type) is not null;

    private static bool IsReachable(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
        && IsVisible(constructor, type);

    // Of a base class: what is protected is visible.
    private static bool IsVisible(ISymbol member, INamedTypeSymbol type) => member.DeclaredAccessibility switch
    {
        Accessibility.Private => TypeSpecReader.EnclosingTypes(type).Contains(member.ContainingType.OriginalDefinition, SymbolEqualityComparer.Default),
        Accessibility.Internal or Accessibility.ProtectedAndInternal => IsFriend(member.ContainingAssembly, type.ContainingAssembly),
        _ => true,
    };
}
