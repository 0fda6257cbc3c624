using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the facts about a type that bears the attribute.</summary>
internal static class DeclarationReader
{
    /// <summary>Reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="attribute">Its attribute, as found by <see cref="ModelAttribute.Find"/>.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="hintNames">Names the files that are to be generated.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>The facts, or null while the attribute, or a type that it names, does not compile.</returns>
    public static ModelDeclaration? Read(
        INamedTypeSymbol type, AttributeData attribute, Compilation compilation, HintNames hintNames, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ModelAttribute.ReadShape(attribute) is not { } shape || attribute.ApplicationSyntaxReference is not { } source)
        {
            return null;
        }

        ImmutableArray<ITypeSymbol> types = attribute.AttributeClass!.TypeArguments;
        var labels = types.Length > 0 ? types[0] as INamedTypeSymbol : null;
        DeclaredEnum? declaredEnum = labels is null ? null : EnumReader.Read(labels, type, compilation);
        DeclaredRow? declaredRow = types.Length > 1 && labels is not null ? new RowReader(compilation, type, labels).Read(types[1]) : null;
        if ((types.Length > 0 && declaredEnum is null) || (types.Length > 1 && declaredRow is null))
        {
            return null;
        }

        DeclaredParts parts = new(type, cancellationToken);
        return new ModelDeclaration(
            TypeSpecReader.Read(type, hintNames),
            ReadTarget(type),
            parts.ArePartial,
            ReadNonPartialEnclosingTypes(type, cancellationToken),
            ReadMembers(type),
            parts.MayHaveConstructor && type.InstanceConstructors.Any(IsWrittenByUser),
            BaseReader.ReadUnreachableBase(type),
            BaseReader.ReadRequiredMembers(type, parts),
            ((CSharpParseOptions)source.SyntaxTree.Options).LanguageVersion,
            shape)
        {
            LibraryIsNameable = TypeReachReader.IsNameable(attribute.AttributeClass, compilation),
            TakenWords = TakenWordReader.Read(type, source, compilation).ToEquatableArray(),
            Experiments = ReadExperiments(types).Concat(declaredRow?.Members.SelectMany(static member => member.Experiments) ?? []).Distinct()
                .ToEquatableArray(),
            HasSeveralAttributes = ModelAttribute.HasSeveralForms(type),
            Labels = declaredEnum,
            Row = declaredRow,
        };
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
            .Where(outer => !new DeclaredParts(outer, cancellationToken).ArePartial)
            .Select(static outer => outer.Name)
            .ToEquatableArray();

    // The type's own name counts among them: no member may have it. The names of members other than types are known before there are symbols.
    private static EquatableArray<DeclaredMember> ReadMembers(INamedTypeSymbol type) =>
        (type.MemberNames.Any(ReservedMembers.IsReserved) ? type.GetMembers() : ImmutableArray<ISymbol>.CastUp(type.GetTypeMembers()))
            .Where(static member => member.CanBeReferencedByName && IsWrittenByUser(member))
            .Select(static member => new DeclaredMember(member.Name, member is IMethodSymbol && !HasPriority(member)))
            .Concat(type.TypeParameters.Select(static parameter => new DeclaredMember(parameter.Name, IsMethod: false)))
            .Concat(BaseReader.ReadInheritedMembers(type))
            .Append(new DeclaredMember(type.Name, IsMethod: false))
            .ToEquatableArray();

    // A method with a priority comes before the overloads that are generated, even where these fit better.
    private static bool HasPriority(ISymbol method) => method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute");

    private static IEnumerable<string> ReadExperiments(ImmutableArray<ITypeSymbol> types) =>
        types.IsEmpty ? [] : ExperimentReader.Read(types.SelectMany(TypeReachReader.Mentioned));

    private static bool IsWrittenByUser(ISymbol symbol) => !symbol.IsImplicitlyDeclared && !GeneratedTree.IsSoleOrigin(symbol);
}
