using System.Globalization;

namespace SoftmaxGen.Generator.Reading;

/// <summary>What makes a type the rows of a model. How many features there may be is a rule of shapes.</summary>
internal static class RowRules
{
    private const string Ignore = "mark it [Feature(Ignore = true)]";

    /// <summary>Judges a type.</summary>
    /// <returns>Every rule it breaks.</returns>
    public static IEnumerable<Violation> Check(DeclaredRow row, DeclaredEnum labels)
    {
        if (!row.IsSupported)
        {
            return [new Violation(DiagnosticDescriptors.UnsupportedRow, row.Name, row.Flaw)];
        }

        return (row.Reach == TypeReach.Full ? [] : new[] { EnumRules.TypeOutOfReach(row.Name, row.Reach) })
            .Concat(CheckFeatures(row))
            .Concat(CheckCrosses(row))
            .Concat(CheckOrder(row))
            .Concat(CheckLabels(row, labels));
    }

    private static IEnumerable<Violation> CheckFeatures(DeclaredRow row)
    {
        foreach (DeclaredRowMember member in row.Members.Where(static member => member.IsFeature))
        {
            string flaw = member switch
            {
                { Obstacle.Length: > 0 } => member.Obstacle,
                { Content: MemberContent.Label, IsMarked: false } =>
                    $"is of type '{member.TypeName}', the classes; mark it [Label], or [Feature] if the label does not follow from it, or else {Ignore}",
                _ => member.Encoding.Unfit.Replace("{0}", member.Name),
            };
            if (flaw.Length > 0)
            {
                yield return new Violation(DiagnosticDescriptors.UnfitFeature, $"{row.Name}.{member.Name}", flaw);
            }
            else if (member.Encoding.Mistake.Length > 0)
            {
                yield return new Violation(DiagnosticDescriptors.WrongEncoding, $"{row.Name}.{member.Name}", member.Encoding.Mistake);
            }
        }
    }

    private static IEnumerable<Violation> CheckCrosses(DeclaredRow row)
    {
        var crosses = new HashSet<string>();
        foreach (DeclaredCross cross in row.Crosses)
        {
            string? flaw = (RowEncoder.IndexOf(row.Features, cross.First), RowEncoder.IndexOf(row.Features, cross.Second)) switch
            {
                ( < 0, _) => $"'{cross.First}' is no member that is a feature",
                (_, < 0) => $"'{cross.Second}' is no member that is a feature",
                var (first, second) when first == second => "a cross is of two different members",
                _ when !crosses.Add(Pair(cross)) => "it is the same cross as another one",
                var (first, second) when Columns(row.Features[first]) * Columns(row.Features[second]) is var columns and > ShapeLimits.MaxFeatures =>
                    $"it makes {columns.ToString(CultureInfo.InvariantCulture)} columns",
                _ => null,
            };
            if (flaw is not null)
            {
                yield return new Violation(DiagnosticDescriptors.WrongEncoding, $"{row.Name} by [Cross(\"{cross.First}\", \"{cross.Second}\")]", flaw);
            }
        }
    }

    private static long Columns(DeclaredRowMember member) => member.Encoding.Encoding?.Columns ?? 1;

    private static string Pair(DeclaredCross cross) => string.CompareOrdinal(cross.First, cross.Second) < 0
        ? $"{cross.First} {cross.Second}"
        : $"{cross.Second} {cross.First}";

    private static IEnumerable<Violation> CheckOrder(DeclaredRow row)
    {
        ILookup<bool, DeclaredRowMember> isOrdered = row.Features.ToLookup(static member => member.Order is not null);
        foreach (IGrouping<int?, DeclaredRowMember> group in isOrdered[true].GroupBy(static member => member.Order))
        {
            if (group.Count() > 1)
            {
                string order = group.Key!.Value.ToString(CultureInfo.InvariantCulture);
                yield return Ambiguous(row, $"{Quote(group)} have the same Order, {order}");
            }
        }

        foreach (IGrouping<string, DeclaredRowMember> group in isOrdered[false].GroupBy(static member => member.Place.DeclaringType))
        {
            if (group.Select(static member => member.Place.File).Distinct().Count() > 1)
            {
                yield return Ambiguous(row, $"{Quote(group)} are declared in several files; give them an Order");
            }
            else if (group.First().Place.IsCompiled && group.Select(static member => member.Place.IsField).Distinct().Count() > 1)
            {
                yield return Ambiguous(row, $"{Quote(group)} are fields and properties of a compiled type, which does not tell their order");
            }
        }
    }

    private static Violation Ambiguous(DeclaredRow row, string why) => new(DiagnosticDescriptors.AmbiguousOrder, row.Name, why);

    private static string Quote(IEnumerable<DeclaredRowMember> members) => string.Join(", ", members.Select(static member => $"'{member.Name}'"));

    private static IEnumerable<Violation> CheckLabels(DeclaredRow row, DeclaredEnum labels)
    {
        foreach (DeclaredRowMember member in row.Members.Where(static member => member.IsLabel))
        {
            string? flaw = member switch
            {
                { Obstacle.Length: > 0 } => "it " + member.Obstacle,
                { Content: not (MemberContent.Label or MemberContent.Int) } => $"it is of type '{member.TypeName}'; a label is of type '{labels.Name}' or int",
                { Order: not null } => "it has an Order among the features as well",
                _ when member != row.Label => $"'{row.Label!.Name}' is the label already",
                _ => null,
            };
            if (flaw is not null)
            {
                yield return new Violation(DiagnosticDescriptors.UnfitLabel, $"{row.Name}.{member.Name}", flaw);
            }
        }
    }
}
