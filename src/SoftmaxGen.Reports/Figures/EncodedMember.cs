using System.Globalization;

namespace SoftmaxGen.Reports.Figures;

/// <summary>How a member of a row type was made into columns, as the names of the columns tell.</summary>
internal enum EncodedKind
{
    /// <summary>A number as it is, a vector, hashes, or a cross: nothing that a picture would tell better than weights.</summary>
    Plain,

    /// <summary>Categories, flags or intervals: a column for each.</summary>
    Levels,

    /// <summary>A number and by how much it exceeds each of some knots.</summary>
    Knots,
}

/// <summary>A member of a row type that became several columns.</summary>
/// <param name="Group">The member.</param>
/// <param name="Kind">How it was made into columns.</param>
/// <param name="Levels">The names of the columns without that of the member; for knots, those of the levels that are no number.</param>
/// <param name="Knots">The knots, ascending; empty for levels.</param>
internal sealed record EncodedMember(FeatureGroup Group, EncodedKind Kind, IReadOnlyList<string> Levels, IReadOnlyList<double> Knots)
{
    private const string Missing = "missing";

    /// <summary>Reads the members of a model.</summary>
    /// <returns>Those that pictures are made of.</returns>
    public static IEnumerable<EncodedMember> All(ModelShape shape) =>
        shape.FeatureGroups.Select(group => Read(shape, group)).Where(static member => member.Kind != EncodedKind.Plain);

    /// <summary>Reads a member.</summary>
    /// <returns>How it was made into columns.</returns>
    public static EncodedMember Read(ModelShape shape, FeatureGroup group)
    {
        // What stands behind the name of the member: nothing for the number itself.
        string[] suffixes = [.. Enumerable.Range(group.First, group.Count).Select(k => shape.FeatureName(k)).Select(name => Suffix(name, group.Name) ?? "\0")];
        bool mayBeMissing = suffixes is [.., "?"];
        string[] columns = mayBeMissing ? suffixes[..^1] : suffixes;
        string[] missing = mayBeMissing ? [Missing] : [];
        if (group.Factors is not null || columns.Length == 0)
        {
            return new EncodedMember(group, EncodedKind.Plain, [], []);
        }

        if (columns is ["", _, ..] && Array.TrueForAll(columns[1..], static suffix => suffix.StartsWith('>') && Number(suffix[1..]) is not null))
        {
            return new EncodedMember(group, EncodedKind.Knots, missing, [.. columns[1..].Select(static suffix => Number(suffix[1..])!.Value)]);
        }

        string?[] levels = Array.ConvertAll(columns, Level);
        return levels.All(static level => level is not null)
            ? new EncodedMember(group, EncodedKind.Levels, [.. levels.OfType<string>(), .. missing], [])
            : new EncodedMember(group, EncodedKind.Plain, [], []);
    }

    private static string? Suffix(string name, string member) => name.StartsWith(member, StringComparison.Ordinal) ? name[member.Length..] : null;

    private static string? Level(string suffix) => suffix switch
    {
        ['=', .. string level] => level,
        ['<', .. string edge] when Number(edge) is not null => $"< {edge}",
        ['>', '=', .. string edge] when Number(edge) is not null => $"≥ {edge}",
        ['[', .. string edges, ')'] when edges.Split(',') is [string low, string high] && Number(low) is not null && Number(high) is not null =>
            $"{low} to {high}",
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
