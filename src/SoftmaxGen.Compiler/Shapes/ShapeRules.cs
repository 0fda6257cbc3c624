using System.Globalization;

namespace SoftmaxGen.Compiler.Shapes;

/// <summary>
/// What a definition must be for its declaration to be C#. The rules of shapes themselves, such as the most weights, are the generator's.
/// </summary>
internal static class ShapeRules
{
    /// <summary>Checks a definition.</summary>
    /// <exception cref="ArgumentException">It breaks a rule.</exception>
    public static void Check(ShapeDefinition definition)
    {
        Require(definition.ClassNames.Count >= 2, "A model needs two classes at least; there are fewer.");
        RequireNames(definition.ClassNames, "class");
        Require(definition.Features.Count >= 1, "A model needs one feature at least; there is none.");
        RequireNames(definition.Features.Select(static feature => feature?.Name), "feature");
        Require(Enum.IsDefined(definition.Precision), "The precision must be Double or Single.");
        foreach (FeatureDefinition feature in definition.Features)
        {
            Check(feature);
        }
    }

    private static void Check(FeatureDefinition feature)
    {
        switch (feature)
        {
            case BucketFeature buckets:
                RequireAscending(buckets.Edges, feature.Name, "edges");
                break;
            case KnotFeature knots:
                RequireAscending(knots.Knots, feature.Name, "knots");
                break;
            case CategoryFeature categories:
                Require(categories.Levels.Count > 0, $"'{feature.Name}' has no level.");
                RequireNames(categories.Levels, $"level of '{feature.Name}'");
                break;
            case HashedFeature hashed:
                Require(
                    hashed.Columns >= 2,
                    string.Create(CultureInfo.InvariantCulture, $"'{feature.Name}' is hashed into {hashed.Columns} columns; two at least."));
                break;
        }
    }

    private static void RequireAscending(IReadOnlyList<double> numbers, string name, string what)
    {
        bool ascends = numbers.Zip(numbers.Skip(1), static (one, next) => one < next).All(static rises => rises);
        string listed = string.Join(", ", numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
        Require(
            numbers.Count > 0 && numbers.All(double.IsFinite) && ascends,
            $"The {what} of '{name}' are {listed}; they must be finite and ascending, one at least.");
    }

    private static void RequireNames(IEnumerable<string?> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? name in names)
        {
            Require(!string.IsNullOrWhiteSpace(name), $"A {what} has no name.");
            Require(seen.Add(name!), $"Two times there is a {what} called '{name}'.");
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
