using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Puts the columns of a row type together: those of its features in their order, and behind them those of its crosses.</summary>
internal static class RowEncoder
{
    /// <summary>Encodes the features and crosses of a row type.</summary>
    /// <returns>Their specifications. A feature without an encoding breaks a rule, and is a column meanwhile; a cross that breaks one is left out.</returns>
    public static EquatableArray<FeatureSpec> Encode(EquatableArray<DeclaredRowMember> features, EquatableArray<DeclaredCross> crosses)
    {
        IEnumerable<FeatureSpec> members = features.Select(static member => new FeatureSpec(
            member.FeatureName, new MemberSpec(member.Reference, member.DeclaringType), member.Encoding.Encoding ?? new NumberEncoding(IsBoolean: false)));
        IEnumerable<CrossEncoding> products = crosses.Select(cross => Encode(cross, features)).OfType<CrossEncoding>();
        return members.Concat(products.Select(static product => new FeatureSpec(product.Name, Member: null, product))).ToEquatableArray();
    }

    /// <summary>Names the columns.</summary>
    /// <returns>The names; none where there are too many, which a rule tells.</returns>
    public static EquatableArray<string> ColumnNames(EquatableArray<FeatureSpec> features) => Columns(features) <= ShapeLimits.MaxFeatures
        ? features.SelectMany(static feature => feature.Encoding.ColumnNames(feature.Name)).ToEquatableArray()
        : default;

    /// <summary>Counts the columns.</summary>
    public static long Columns(EquatableArray<FeatureSpec> features) => features.Sum(static feature => (long)feature.Encoding.Columns);

    /// <summary>Finds a feature by the name of its member.</summary>
    /// <returns>Its index; -1 for none.</returns>
    public static int IndexOf(EquatableArray<DeclaredRowMember> features, string name)
    {
        int index = features.Count - 1;
        while (index >= 0 && features[index].Name != name)
        {
            index--;
        }

        return index;
    }

    private static CrossEncoding? Encode(DeclaredCross cross, EquatableArray<DeclaredRowMember> features) =>
        (IndexOf(features, cross.First), IndexOf(features, cross.Second)) is var (first, second)
        && first >= 0
        && second >= 0
        && first != second
        && (features[first].Encoding.Encoding, features[second].Encoding.Encoding) is ({ } left, { } right)
        && (long)left.Columns * right.Columns <= ShapeLimits.MaxFeatures
            ? new CrossEncoding(first, second, left, right, features[first].FeatureName, features[second].FeatureName)
            : null;
}
