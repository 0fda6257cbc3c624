using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The attributes that speak of the fields and properties of a row type: their own, those of the parameters and of the compiler's fields that belong to
/// them, and those of the properties that they override.
/// </summary>
internal sealed class MemberAttributes
{
    private const string FeatureAttributeName = "SoftmaxGen.FeatureAttribute";
    private const string LabelAttributeName = "SoftmaxGen.LabelAttribute";

    // Those that say how a member becomes columns.
    private static readonly string[] _encodingNames =
    [
        "SoftmaxGen.BucketsAttribute",
        "SoftmaxGen.CategoriesAttribute",
        "SoftmaxGen.ColumnsAttribute",
        "SoftmaxGen.HashedAttribute",
        "SoftmaxGen.KnotsAttribute",
    ];

    private readonly Dictionary<ISymbol, List<AttributeData>> _indirect = new(SymbolEqualityComparer.Default);
    private readonly List<IParameterSymbol> _unclaimed = [];

    /// <summary>Collects the attributes.</summary>
    /// <param name="lineage">The row type and its base types, the outermost base first.</param>
    /// <param name="members">The fields and properties of all of them, in the same order.</param>
    public MemberAttributes(INamedTypeSymbol[] lineage, ISymbol[] members)
    {
        ILookup<string, ISymbol> byName = members.ToLookup(static member => member.Name, StringComparer.OrdinalIgnoreCase);
        for (int level = lineage.Length - 1; level >= 0; level--)
        {
            int last = level;
            foreach (IParameterSymbol parameter in lineage[level].InstanceConstructors.SelectMany(static constructor => constructor.Parameters))
            {
                AddParameter(parameter, [.. byName[parameter.Name].Where(member => Array.IndexOf(lineage, member.ContainingType) <= last)]);
            }

            foreach (IFieldSymbol field in lineage[level].GetMembers().OfType<IFieldSymbol>().Where(static field => field.AssociatedSymbol is IPropertySymbol))
            {
                Add(field.AssociatedSymbol!, field);
            }
        }
    }

    /// <summary>Gets the parameters that bear an attribute for a member and are called like none.</summary>
    public IReadOnlyList<IParameterSymbol> Unclaimed => _unclaimed;

    /// <summary>Lists the attributes that speak of a member, those of the most derived declaration first.</summary>
    public IEnumerable<AttributeData> Of(ISymbol member) => Overridden(member)
        .SelectMany(level => (_indirect.TryGetValue(level, out List<AttributeData> indirect) ? indirect : []).Concat(level.GetAttributes()));

    /// <summary>Finds the attribute that makes a feature of a member, or none.</summary>
    /// <returns>The attribute, or null when there is none.</returns>
    public static AttributeData? Feature(IEnumerable<AttributeData> attributes) => Find(attributes, FeatureAttributeName);

    /// <summary>Decides whether a member is marked as the label.</summary>
    public static bool IsLabel(IEnumerable<AttributeData> attributes) => Find(attributes, LabelAttributeName) is not null;

    /// <summary>Finds the attributes that say how a member becomes columns.</summary>
    /// <returns>The attributes; of each kind the one of the most derived declaration.</returns>
    public static IEnumerable<AttributeData> Encodings(IEnumerable<AttributeData> attributes) => attributes
        .Where(static attribute => Array.IndexOf(_encodingNames, attribute.AttributeClass?.ToDisplayString()) >= 0)
        .GroupBy(static attribute => attribute.AttributeClass, SymbolEqualityComparer.Default)
        .Select(static alike => alike.First());

    /// <summary>Finds an argument of an attribute.</summary>
    /// <param name="attribute">The attribute; null for none.</param>
    /// <param name="name">The name of the argument.</param>
    /// <returns>Its value, or null where it is not given.</returns>
    public static TypedConstant? Argument(AttributeData? attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>Decides whether a member is marked at all.</summary>
    public static bool IsMarked(IEnumerable<AttributeData> attributes) =>
        attributes.Any(static attribute => attribute.AttributeClass is { } type && IsOne(type));

    /// <summary>Decides whether an attribute is one of those that mark members.</summary>
    public static bool IsOne(ITypeSymbol attribute) =>
        attribute.ToDisplayString() is var name && (name is FeatureAttributeName or LabelAttributeName || Array.IndexOf(_encodingNames, name) >= 0);

    /// <summary>Lists a member and what it overrides.</summary>
    /// <returns>The member first.</returns>
    public static IEnumerable<ISymbol> Overridden(ISymbol member) =>
        member is IPropertySymbol { OverriddenProperty: { } overridden } ? Overridden(overridden).Prepend(member) : [member];

    // A parameter speaks of the property of its name, as in a record. One that is marked must speak of a member: of a name in another case, if need be.
    private void AddParameter(IParameterSymbol parameter, ISymbol[] candidates)
    {
        ISymbol? exact = candidates.LastOrDefault(member => member.Name == parameter.Name);
        if (!IsMarked(parameter.GetAttributes()))
        {
            if (exact is IPropertySymbol)
            {
                Add(exact, parameter);
            }
        }
        else if ((exact ?? candidates.LastOrDefault()) is { } member)
        {
            Add(member, parameter);
        }
        else
        {
            _unclaimed.Add(parameter);
        }
    }

    private void Add(ISymbol member, ISymbol bearer)
    {
        if (!_indirect.TryGetValue(member, out List<AttributeData> attributes))
        {
            _indirect.Add(member, attributes = []);
        }

        attributes.AddRange(bearer.GetAttributes());
    }

    private static AttributeData? Find(IEnumerable<AttributeData> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);
}
