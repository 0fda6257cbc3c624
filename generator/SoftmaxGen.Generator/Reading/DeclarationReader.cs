using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the facts about a type that bears the attribute.</summary>
internal static class DeclarationReader
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="attribute">Its attribute, as found by <see cref="ModelAttribute.Find"/>.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>The facts, or null while the attribute does not compile.</returns>
    public static ModelDeclaration? Read(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ModelAttribute.ReadShape(attribute) is not { } shape || attribute.ApplicationSyntaxReference is not { } source)
        {
            return null;
        }

        return new ModelDeclaration(
            TypeSpecReader.Read(type),
            ReadTarget(type),
            IsPartial(type, cancellationToken),
            ReadNonPartialEnclosingTypes(type, cancellationToken),
            ReadMembers(type),
            type.InstanceConstructors.Any(IsWrittenByUser),
            ((CSharpParseOptions)source.SyntaxTree.Options).LanguageVersion,
            shape);
    }

    private static TargetKind ReadTarget(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct } => TargetKind.Struct,
        { TypeKind: not TypeKind.Class } => TargetKind.NotAClass,
        { IsRecord: true } => TargetKind.Record,
        { IsStatic: true } => TargetKind.StaticClass,
        { IsAbstract: true } => TargetKind.AbstractClass,
        _ when TypeSpecReader.EnclosingTypes(type).Append(type).Any(static part => part.IsFileLocal) => TargetKind.FileLocalClass,
        _ => TargetKind.Class,
    };

    private static EquatableArray<string> ReadNonPartialEnclosingTypes(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        TypeSpecReader.EnclosingTypes(type)
            .Where(outer => !IsPartial(outer, cancellationToken))
            .Select(static outer => outer.Name)
            .ToEquatableArray();

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // The type's own name counts among them: no member may have it.
    private static EquatableArray<DeclaredMember> ReadMembers(INamedTypeSymbol type) =>
        type.GetMembers()
            .Where(static member => member.CanBeReferencedByName && IsWrittenByUser(member))
            .Select(static member => new DeclaredMember(member.Name, member is IMethodSymbol))
            .Concat(type.TypeParameters.Select(static parameter => new DeclaredMember(parameter.Name, IsMethod: false)))
            .Append(new DeclaredMember(type.Name, IsMethod: false))
            .ToEquatableArray();

    private static bool IsWrittenByUser(ISymbol symbol) => !symbol.IsImplicitlyDeclared && !GeneratedTree.IsSoleOrigin(symbol);
}
