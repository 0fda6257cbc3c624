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
    private const string Unreadable = "cannot be read by the model";

    /// <summary>Reads a type.</summary>
    /// <returns>The facts, or null while the type does not compile.</returns>
    public DeclaredRow? Read(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return null;
        }

        string name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string reference = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return Flaw(type) is { } flaw
            ? new DeclaredRow(name, reference, flaw, type.IsReferenceType, TypeReach.Full, default, default)
            : ReadSupported((INamedTypeSymbol)type, name, reference);
    }

    /// <summary>Lists a type and its base types.</summary>
    /// <returns>The types, the outermost base first.</returns>
    public static IEnumerable<INamedTypeSymbol> Lineage(INamedTypeSymbol type) =>
        type.BaseType is { } parent ? Lineage(parent).Append(type) : [type];

    // Why a type cannot be rows, or null if it can.
    private static string? Flaw(ITypeSymbol type) => type switch
    {
        not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None, IsTupleType: false } =>
            "it has no members that were declared to be features",
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "it is nullable, and a row that is missing has no features",
        { IsRefLikeType: true } => "it is a ref struct, of which there can be no array",
        _ when Lineage((INamedTypeSymbol)type).Any(static level => ModelAttribute.Find(level) is not null) => "it is a softmax model itself",
        _ => null,
    };

    private DeclaredRow ReadSupported(INamedTypeSymbol type, string name, string reference)
    {
        EquatableArray<DeclaredRowMember> members = ReadMembers(type).ToEquatableArray();
        string flaw = members.Any(static member => member.IsFeature)
            ? ""
            : "no member of it is a feature: an instance field or a property that the model can read, neither marked [Label] nor to be ignored";
        return new DeclaredRow(name, reference, flaw, type.IsReferenceType, TypeReachReader.Read(type, model, compilation), members, CrossReader.Read(type));
    }

    private IEnumerable<DeclaredRowMember> ReadMembers(INamedTypeSymbol type)
    {
        INamedTypeSymbol[] lineage = [.. Lineage(type)];
        ILookup<string, ISymbol> named = lineage.SelectMany(static level => level.GetMembers()).Where(IsNameable).ToLookup(static member => member.Name);
        ISymbol[] members = [.. lineage.SelectMany(DeclaredMembers)];
        MemberAttributes attributes = new(lineage, members);
        return members
            .Select(member => ReadMember(member, [.. named[member.Name]], [.. attributes.Of(member)]))
            .OfType<DeclaredRowMember>()
            .Concat(attributes.Unclaimed.Select(ReadParameter));
    }

    // In the order of the text, file by file; compiled types keep the order of their members.
    private static IEnumerable<ISymbol> DeclaredMembers(INamedTypeSymbol type) => type.GetMembers()
        .Where(static member => !member.IsStatic && member.CanBeReferencedByName && member is IFieldSymbol or IPropertySymbol { IsIndexer: false })
        .OrderBy(member => FileOf(member))
        .ThenBy(static member => Position(member));

    // What `row.Name` may mean. A generic type cannot be meant without its arguments.
    private static bool IsNameable(ISymbol member) => member.CanBeReferencedByName && member is not INamedTypeSymbol { Arity: > 0 };

    private static int Position(ISymbol member) => member.Locations[0] is { IsInSource: true } location ? location.SourceSpan.Start : 0;

    private static int FileOf(ISymbol member) => member.Locations[0].SourceTree is { } tree
        ? Array.IndexOf([.. member.ContainingType.DeclaringSyntaxReferences.Select(static part => part.SyntaxTree).Distinct()], tree)
        : -1;

    // Null for what is an affair of the type alone. Members of its name stand in the order of the types, and the last that can be seen is what the name means.
    private DeclaredRowMember? ReadMember(ISymbol member, ISymbol[] named, AttributeData[] attributes)
    {
        ISymbol? meant = named.LastOrDefault(IsVisible);
        bool isMeant = Same(member, meant);
        string obstacle = isMeant ? (IsReadable(member) ? ForbiddenReader.Read(member, model) : Unreadable) : IsVisible(member) ? HiddenBy(meant!) : Unreadable;
        bool isReplaced = !isMeant && IsVisible(member) && (IsReadable(meant!) || !Same(named.LastOrDefault(IsReadable), member));
        return isReplaced || (!IsReadable(member) && !MemberAttributes.IsMarked(attributes))
            ? null
            : ReadMember(member, attributes) with
            {
                Obstacle = obstacle,
                DeclaringType = Same(named[named.Length - 1], member) ? null : member.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            };
    }

    private DeclaredRowMember ReadMember(ISymbol member, AttributeData[] attributes)
    {
        ITypeSymbol type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        string typeName = type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat);
        AttributeData? feature = MemberAttributes.Feature(attributes);
        return new DeclaredRowMember(
            member.Name,
            TypeSpecReader.Escape(member.Name),
            typeName,
            Content(type))
        {
            Encoding = new EncodingReader(type, typeName, attributes).Read(),
            IsMarked = feature is not null || MemberAttributes.Encodings(attributes).Any(),
            FeatureName = GivenName.Find(attributes) ?? member.Name,
            Order = MemberAttributes.Argument(feature, "Order")?.Value as int?,
            IsIgnored = MemberAttributes.Argument(feature, "Ignore")?.Value is true,
            IsLabel = MemberAttributes.IsLabel(attributes),
            Experiments = ExperimentReader.Read(MemberAttributes.Overridden(member).Append(member.ContainingType)).ToEquatableArray(),
            Place = new MemberPlace(member.ContainingType.ToDisplayString(), FileOf(member), member is IFieldSymbol),
        };
    }

    private DeclaredRowMember ReadParameter(IParameterSymbol parameter) => new(
        parameter.Name,
        TypeSpecReader.Escape(parameter.Name),
        parameter.Type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat),
        Content(parameter.Type))
    {
        IsLabel = MemberAttributes.IsLabel(parameter.GetAttributes()),
        Obstacle = "is a parameter, and no member is called like it; mark the member that holds its value",
    };

    private static string HiddenBy(ISymbol member)
    {
        string what = member switch
        {
            IMethodSymbol => "a method",
            INamedTypeSymbol => "a type",
            IFieldSymbol { IsConst: true } => "a constant",
            IEventSymbol => "an event",
            { IsStatic: true } => "a static member",
            _ => "a member that cannot be read",
        };
        return $"is hidden by {what} of '{member.ContainingType.Name}'; give one of them another name, or mark it [Feature(Ignore = true)]";
    }

    private static bool Same(ISymbol? first, ISymbol? second) => SymbolEqualityComparer.Default.Equals(first, second);

    private bool IsReadable(ISymbol member) => member switch
    {
        IPropertySymbol { IsStatic: false } property => IsVisible(property) && Getter(property) is { } getter && IsVisible(getter),
        IFieldSymbol { IsStatic: false } field => IsVisible(field),
        _ => false,
    };

    // An override may leave the getter as it is.
    private static IMethodSymbol? Getter(IPropertySymbol property) =>
        property.GetMethod ?? (property.OverriddenProperty is { } overridden ? Getter(overridden) : null);

    // What is private or protected is an affair of the type, even where the model, nested in it, could see it.
    private bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && compilation.IsSymbolAccessibleWithin(member, model);

    private MemberContent Content(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Int32 } => MemberContent.Int,
        _ when SymbolEqualityComparer.Default.Equals(type, labels) => MemberContent.Label,
        _ => MemberContent.Other,
    };
}
