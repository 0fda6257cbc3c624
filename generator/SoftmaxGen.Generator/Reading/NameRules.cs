using System.Globalization;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>What the attribute says must fit the types it names, and the names it gives must fit the numbers.</summary>
internal static class NameRules
{
    /// <summary>Judges the arguments of the attribute that are names, or that the types of the model say already.</summary>
    /// <returns>Every rule they break.</returns>
    public static IEnumerable<Violation> Check(ModelDeclaration declaration)
    {
        DeclaredShape given = declaration.Shape;
        DeclaredShape shape = declaration.EffectiveShape;
        return CheckNames("ClassNames", given.ClassNames, declaration.Labels?.Name, shape.Classes, "class")
            .Concat(CheckNames("FeatureNames", given.FeatureNames, declaration.Row?.Name, shape.Features, "feature"))
            .Concat(CheckMembers("ClassNames", declaration.Labels?.Name, declaration.Labels?.Members.Select(static member => (member.Name, member.ClassName))))
            .Concat(CheckMembers("FeatureNames", declaration.Row?.Name, declaration.Row is { } type ? ColumnNames(type) : null))
            .Concat(CheckNumber("Classes", given.Classes, declaration.Labels?.Name, shape.Classes))
            .Concat(CheckNumber("FirstLabel", given.FirstLabel, declaration.Labels?.Name, declaration.Labels?.FirstLabel))
            .Concat(CheckNumber("Features", given.Features, declaration.Row is { IsSupported: true } typed ? typed.Name : null, shape.Features));
    }

    // Of a column that several members make, each is told; a blank name makes columns that are not blank.
    private static IEnumerable<(string Member, string Name)> ColumnNames(DeclaredRow row) =>
        RowEncoder.Columns(row.Encoded) > ShapeLimits.MaxFeatures
            ? []
            : row.Encoded.SelectMany((feature, index) => (string.IsNullOrWhiteSpace(feature.Name) ? [feature.Name] : feature.Encoding.ColumnNames(feature.Name))
                .Select(name => (index < row.Features.Count ? row.Features[index].Name : feature.Name, name)));

    private static IEnumerable<Violation> CheckNames(string argument, EquatableArray<string> names, string? source, int? count, string each)
    {
        if (names.Count == 0)
        {
            yield break;
        }

        if (source is not null)
        {
            yield return new Violation(DiagnosticDescriptors.NamesFromType, argument, source);
            yield break;
        }

        if (count is > 0 && names.Count != count)
        {
            yield return new Violation(
                DiagnosticDescriptors.WrongNumberOfNames,
                argument,
                $"holds {Number(names.Count)} names; it must hold {Number(count.Value)}, one for each {each}");
        }

        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i];
            if (string.IsNullOrWhiteSpace(name))
            {
                yield return new Violation(DiagnosticDescriptors.InvalidName, argument, $"holds no text at index {Number(i)}");
            }
            else if (names.Take(i).Count(earlier => earlier == name) == 1)
            {
                yield return new Violation(DiagnosticDescriptors.InvalidName, argument, $"holds '{name}' more than once");
            }
        }
    }

    // Members of a type, each with the name of its class or feature. Identifiers alone are sound.
    private static IEnumerable<Violation> CheckMembers(string argument, string? source, IEnumerable<(string Member, string Name)>? members)
    {
        (string Member, string Name)[] all = members?.ToArray() ?? [];
        foreach ((string member, string _) in all.Where(static pair => string.IsNullOrWhiteSpace(pair.Name)))
        {
            yield return new Violation(DiagnosticDescriptors.InvalidName, argument, $"holds no text for '{source}.{member}'");
        }

        IEnumerable<(string Member, string Name)> given = all.Where(static pair => !string.IsNullOrWhiteSpace(pair.Name));
        foreach (IGrouping<string, string> name in given.GroupBy(static pair => pair.Name, static pair => pair.Member))
        {
            if (name.Count() > 1)
            {
                string sharing = string.Join(", ", name.Select(member => $"'{source}.{member}'"));
                yield return new Violation(DiagnosticDescriptors.InvalidName, argument, $"holds '{name.Key}' more than once, for {sharing}");
            }
        }
    }

    private static IEnumerable<Violation> CheckNumber(string argument, int? given, string? source, int? actual)
    {
        if (source is not null && given is int number && number != actual)
        {
            yield return new Violation(
                DiagnosticDescriptors.ContradictedByType, argument, $"{Number(number)}, but '{source}' makes it {Number(actual!.Value)}");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
