using System.Globalization;

namespace SoftmaxGen.Generator.Reading;

/// <summary>What makes an enum the classes of a model. How many there may be is a rule of shapes.</summary>
internal static class EnumRules
{
    /// <summary>Judges an enum.</summary>
    /// <returns>Every rule it breaks.</returns>
    public static IEnumerable<Violation> Check(DeclaredEnum labels)
    {
        if (labels.Reach != TypeReach.Full)
        {
            yield return TypeOutOfReach(labels.Name, labels.Reach);
        }

        if (labels.IsFlags)
        {
            // Sums of values are meant to have aliases: no further complaint would help.
            yield return new Violation(DiagnosticDescriptors.FlagsEnum, labels.Name);
            yield break;
        }

        // Of each kind the first: where one value is wrong, those after it mostly are.
        if (labels.Members.FirstOrDefault(static member => !member.FitsInt) is { } large)
        {
            yield return new Violation(DiagnosticDescriptors.EnumValueTooLarge, labels.Name, $"'{large.Name}' is {Number(large.Value)}");
        }

        if (Neighbours(labels).FirstOrDefault(static pair => pair.Next.Value == pair.Member.Value) is ({ } member, { } alias))
        {
            yield return new Violation(DiagnosticDescriptors.EnumAlias, labels.Name, $"'{member.Name}' and '{alias.Name}' are both {Number(member.Value)}");
        }
    }

    private static IEnumerable<(DeclaredEnumMember Member, DeclaredEnumMember Next)> Neighbours(DeclaredEnum labels) =>
        labels.Members.Zip(labels.Members.Skip(1), static (member, next) => (member, next));

    /// <summary>Says that generated members cannot speak of a type.</summary>
    public static Violation TypeOutOfReach(string name, TypeReach reach) =>
        new(
        DiagnosticDescriptors.TypeOutOfReach,
        name,
        reach switch
        {
            TypeReach.FileLocal => "local to its file",
            TypeReach.Forbidden => "marked [Obsolete] as an error, and the model is not obsolete",
            TypeReach.Unnameable => "not what its full name means, because its assembly is referenced by an alias without global or another type has the name",
            _ => "less accessible than the model",
        });

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
