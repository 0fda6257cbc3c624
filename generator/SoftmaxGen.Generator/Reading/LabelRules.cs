using System.Globalization;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>What makes integers the labels of a model.</summary>
internal static class LabelRules
{
    /// <summary>Judges the labels that the attribute lists.</summary>
    /// <returns>Every rule they break.</returns>
    public static IEnumerable<Violation> Check(ModelDeclaration declaration)
    {
        EquatableArray<int> labels = declaration.Shape.Labels;
        if (labels.Count == 0)
        {
            yield break;
        }

        if (declaration.Labels is { } source)
        {
            yield return Invalid($"must not be given, because the values of '{source.Name}' are the labels");
            yield break;
        }

        if (declaration.Shape.FirstLabel is not null)
        {
            yield return Invalid("must not be given beside FirstLabel, from which labels are counted; leave one of them out");
        }

        if (declaration.Shape.Classes is > 0 and int classes && labels.Count != classes)
        {
            yield return Invalid($"holds {Number(labels.Count)} labels; it must hold {Number(classes)}, one for each class");
        }

        foreach (IGrouping<int, int> label in labels.GroupBy(static label => label).Where(static group => group.Count() > 1))
        {
            yield return Invalid($"holds {Number(label.Key)} more than once; every class has a label of its own");
        }
    }

    private static Violation Invalid(string why) => new(DiagnosticDescriptors.InvalidLabels, "Labels", why);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
