using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>
/// Whether a weights file fits a model, by the rules of <c>docs/model-files.md</c>. The analyzer reports what is found here and the generator bakes
/// nothing when anything is.
/// </summary>
internal static class WeightsRules
{
    /// <summary>Judges the weights of a model.</summary>
    /// <param name="model">The model, whose attribute names its weights.</param>
    /// <param name="documents">The weights files there are, those of other models among them.</param>
    /// <returns>The weights, or what is wrong.</returns>
    public static WeightsVerdict Judge(ModelSpec model, IEnumerable<WeightsDocument> documents)
    {
        string name = model.Weights!;
        List<WeightsDocument> named = [.. documents.Where(document => WeightsPath.IsNamed(document.Path, name))];
        if (named.Count == 0 && model.WeightsAreOptional)
        {
            return new WeightsVerdict(Weights: null);
        }

        if (named.Count != 1)
        {
            return Violated(DiagnosticDescriptors.WeightsNotListed, NotOne(name, named));
        }

        WeightsDocument document = named[0];
        if (document.Problem is { } problem)
        {
            return new WeightsVerdict(Weights: null, new Violation(problem.Rule, problem.Describe(document.Path)), document);
        }

        BakedWeights weights = document.Contents!;
        if (weights.Classes != model.Classes || weights.Features != model.Features || weights.Precision != model.Precision)
        {
            return Violated(DiagnosticDescriptors.WeightsOfAnotherShape, $"{name} has {Shape(weights.Classes, weights.Features, weights.Precision)}, "
                + $"the model has {Shape(model.Classes, model.Features, model.Precision)}{FirstDifference(model, weights, name)}");
        }

        return !model.AcceptedFingerprints.Contains(weights.Fingerprint) && Difference(model, weights, name) is { } difference
            ? Violated(DiagnosticDescriptors.WeightsForOtherNames, difference)
            : new WeightsVerdict(weights);
    }

    private static WeightsVerdict Violated(DiagnosticDescriptor rule, string subject) => new(Weights: null, new Violation(rule, subject));

    private static string NotOne(string name, List<WeightsDocument> named) => named.Count == 0
        ? $"\"{name}\", and no additional file of the project has this name: the file is missing, or it is not listed, "
            + "or its path, which a Link does not change, ends otherwise; "
            + $"save a model there and add <AdditionalFiles Include=\"{name}\" />, or let WeightsOptional = true compile the program that trains it"
        : $"\"{name}\", which several additional files are called; say more of the path: "
            + string.Join(", ", named.Select(static document => document.Path).OrderBy(static path => path, StringComparer.Ordinal));

    private static string Shape(int classes, int features, Precision precision) => string.Format(
        CultureInfo.InvariantCulture, "{0} classes x {1} features in {2} precision", classes, features, precision == Precision.Single ? "single" : "double");

    private static string? Difference(ModelSpec model, BakedWeights weights, string name)
    {
        if (weights.FirstLabel != model.FirstLabel)
        {
            return string.Format(
                CultureInfo.InvariantCulture, "labels begin at {0} in {1} and at {2} in the model", weights.FirstLabel, name, model.FirstLabel);
        }

        if (!LabelsOf(weights.Labels, weights.FirstLabel, model.Classes).SequenceEqual(LabelsOf(model.Labels, model.FirstLabel, model.Classes)))
        {
            return $"labels are {Labels(weights.Labels)} in {name} and {Labels(model.Labels)} in the model";
        }

        return Difference("class", model.ClassNames, weights.ClassNames, name)
            ?? Difference("feature", model.FeatureNames, weights.FeatureNames, name)
            ?? (weights.Fingerprint.Length > 0 && weights.Fingerprint != Fingerprint.Of(model)
                ? $"the fingerprint is {weights.Fingerprint} in {name} and {Fingerprint.Of(model)} in the model"
                : null);
    }

    private static IEnumerable<int> LabelsOf(EquatableArray<int> labels, int firstLabel, int classes) =>
        labels.Count > 0 ? labels : Enumerable.Range(firstLabel, classes);

    private static string Labels(EquatableArray<int> labels) => labels.Count == 0
        ? "counted from the first"
        : string.Join(", ", labels.Select(static label => label.ToString(CultureInfo.InvariantCulture)));

    // Of rows with other levels, edges or members, the first column that tells.
    private static string FirstDifference(ModelSpec model, BakedWeights weights, string name) =>
        model.FeatureNames.Count > 0 && weights.FeatureNames.Count > 0
            && Difference("feature", model.FeatureNames, weights.FeatureNames, name) is { } difference
            ? $"; {difference}"
            : "";

    private static string? Difference(string what, EquatableArray<string> model, EquatableArray<string> file, string name)
    {
        for (int i = 0; i < Math.Max(model.Count, file.Count); i++)
        {
            string ours = i < model.Count ? $"'{model[i]}'" : "without a name";
            string theirs = i < file.Count ? $"'{file[i]}'" : "without a name";
            if (ours != theirs)
            {
                return string.Format(CultureInfo.InvariantCulture, "{0} {1} is {2} in {3} and {4} in the model", what, i, theirs, name, ours);
            }
        }

        return null;
    }
}
