using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Reads the type that a model's attribute names as its rows.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="model">The model, which is to read the members.</param>
/// <param name="labels">The enum whose members are the model's classes.</param>
internal sealed class RowReader(Compilation compilation, INamedTypeSymbol model, INamedTypeSymbol labels)
{
    private const string FeatureAttributeName = "SoftmaxGen.FeatureAttribute";
    private const string LabelAttributeName = "SoftmaxGen.LabelAttribute";

    /// <summary>Reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The facts, or null while the type does not compile.</returns>
    public DeclaredRow? Read(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return null;
        }

        string name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string reference = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return type is INamedTypeSymbol named && IsSupported(named)
            ? new DeclaredRow(
                name, reference, IsSupported: true, named.IsReferenceType, TypeReachReader.Read(named, model), ReadMembers(named).ToEquatableArray())
            : new DeclaredRow(name, reference, IsSupported: false, type.IsReferenceType, TypeReach.Full, default);
    }

    private static bool IsSupported(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, IsTupleType: false }
        && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;

    // Of members with one name, the one nearest to the type itself is what the name means.
    private IEnumerable<DeclaredRowMember> ReadMembers(INamedTypeSymbol type)
    {
        ISymbol[] members = [.. Lineage(type).SelectMany(DeclaredMembers)];
        return members
            .Where((member, index) => !members.Skip(index + 1).Any(later => later.Name == member.Name))
            .Where(member => IsReadable(member) || Find(member, FeatureAttributeName) is not null || Find(member, LabelAttributeName) is not null)
            .Select(ReadMember);
    }

    private static IEnumerable<INamedTypeSymbol> Lineage(INamedTypeSymbol type) =>
        type.BaseType is { } parent ? Lineage(parent).Append(type) : [type];

    // In the order of the text, file by file; compiled types keep the order of their members.
    private static IEnumerable<ISymbol> DeclaredMembers(INamedTypeSymbol type) => type.GetMembers()
        .Where(static member => !member.IsStatic && member.CanBeReferencedByName && member is IFieldSymbol or IPropertySymbol { IsIndexer: false })
        .OrderBy(member => FileOf(member))
        .ThenBy(static member => Position(member));

    private static int Position(ISymbol member) => member.Locations[0] is { IsInSource: true } location ? location.SourceSpan.Start : 0;

    private static int FileOf(ISymbol member) => member.Locations[0].SourceTree is { } tree
        ? Array.IndexOf([.. member.ContainingType.DeclaringSyntaxReferences.Select(static part => part.SyntaxTree).Distinct()], tree)
        : -1;

    private DeclaredRowMember ReadMember(ISymbol member)
    {
        ITypeSymbol type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        AttributeData? feature = Find(member, FeatureAttributeName);
        return new DeclaredRowMember(
            member.Name,
            TypeSpecReader.Escape(member.Name),
            type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat),
            Content(type))
        {
            FeatureName = GivenName.Find(Attributes(member)) ?? member.Name,
            IsReadable = IsReadable(member),
            Order = Argument(feature, "Order") as int?,
            IsIgnored = Argument(feature, "Ignore") is true,
            IsLabel = Find(member, LabelAttributeName) is not null,
            Place = new MemberPlace(member.ContainingType.ToDisplayString(), FileOf(member), member is IFieldSymbol),
        };
    }

    private static AttributeData? Find(ISymbol member, string attributeName) =>
        Attributes(member).FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == attributeName);

    // An attribute on a positional parameter speaks of the property that the parameter declares.
    private static IEnumerable<AttributeData> Attributes(ISymbol member) => member.ContainingType.InstanceConstructors
        .SelectMany(static constructor => constructor.Parameters)
        .Where(parameter => member is IPropertySymbol && parameter.Name == member.Name)
        .SelectMany(static parameter => parameter.GetAttributes())
        .Concat(member.GetAttributes());

    private static object? Argument(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private bool IsReadable(ISymbol member) => member switch
    {
        IPropertySymbol { GetMethod: { } getter } => IsVisible(getter),
        IFieldSymbol field => IsVisible(field),
        _ => false,
    };

    // What is private or protected is an affair of the type, even where the model, nested in it, could see it.
    private bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && compilation.IsSymbolAccessibleWithin(member, model);

    private MemberContent Content(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => MemberContent.Boolean,
        { SpecialType: SpecialType.System_Int32 } => MemberContent.Int,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => MemberContent.Number,
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => MemberContent.Number,
        { Name: "Half", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }, ContainingType: null } => MemberContent.Number,
        _ when SymbolEqualityComparer.Default.Equals(type, labels) => MemberContent.Label,
        _ => MemberContent.Other,
    };
}
