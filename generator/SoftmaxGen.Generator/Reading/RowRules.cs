using System.Globalization;

namespace SoftmaxGen.Generator.Reading;

/// <summary>What makes a type the rows of a model. How many features there may be is a rule of shapes.</summary>
internal static class RowRules
{
    private const string Ignore = "mark it [Feature(Ignore = true)]";

    /// <summary>Judges a type.</summary>
    /// <param name="row">The type.</param>
    /// <param name="labels">The enum whose members are the classes.</param>
    /// <returns>Every rule it breaks.</returns>
    public static IEnumerable<Violation> Check(DeclaredRow row, DeclaredEnum labels)
    {
        if (!row.IsSupported)
        {
            return [new Violation(DiagnosticDescriptors.UnsupportedRow, row.Name, row.Flaw)];
        }

        return (row.Reach == TypeReach.Full ? [] : new[] { EnumRules.TypeOutOfReach(row.Name, row.Reach) })
            .Concat(CheckFeatures(row))
            .Concat(CheckOrder(row))
            .Concat(CheckLabels(row, labels));
    }

    private static IEnumerable<Violation> CheckFeatures(DeclaredRow row)
    {
        foreach (DeclaredRowMember member in row.Members.Where(static member => member.IsFeature))
        {
            string? flaw = member switch
            {
                { Obstacle.Length: > 0 } => member.Obstacle,
                { Content: MemberContent.Label } => $"is of type '{member.TypeName}', the classes; mark it [Label], or else {Ignore}",
                { Content: MemberContent.Other } => $"is of type '{member.TypeName}', which is neither a number nor bool; {Ignore}, or offer it as one",
                _ => null,
            };
            if (flaw is not null)
            {
                yield return new Violation(DiagnosticDescriptors.UnfitFeature, $"{row.Name}.{member.Name}", flaw);
            }
        }
    }

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
