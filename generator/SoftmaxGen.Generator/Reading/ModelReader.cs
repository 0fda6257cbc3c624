using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Turns a type that bears the attribute into what the pipeline carries on: plain values, nothing of the compiler's.</summary>
internal static class ModelReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="candidate">A part of a type, which may bear the attribute.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="hintNames">Names the files that are to be generated.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>The model, or null when there is none here, or no valid one; the analyzer says why.</returns>
    public static ModelSpec? Read(TypeDeclarationSyntax candidate, Compilation compilation, HintNames hintNames, CancellationToken cancellationToken) =>
        Find(candidate, compilation, cancellationToken) is var (type, attribute)
        && DeclarationReader.Read(type, attribute, compilation, hintNames, cancellationToken) is { } declaration
            ? ToSpec(declaration)
            : null;

    /// <summary>Finds the type and the attribute of a model.</summary>
    /// <param name="candidate">A part of a type, which may bear the attribute.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>Both, or null when the part does not bear the attribute.</returns>
    public static (INamedTypeSymbol Type, AttributeData Attribute)? Find(
        TypeDeclarationSyntax candidate, Compilation compilation, CancellationToken cancellationToken) =>
        compilation.GetSemanticModel(candidate.SyntaxTree).GetDeclaredSymbol(candidate, cancellationToken) is { } type
        && ModelAttribute.Find(type) is { } attribute
        && IsOn(candidate, attribute)
            ? (type, attribute)
            : null;

    /// <summary>Turns a declaration into a model.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <returns>The model, or null when the declaration breaks a rule.</returns>
    public static ModelSpec? ToSpec(ModelDeclaration declaration)
    {
        if (ShapeRules.Check(declaration).Count > 0 || declaration.EffectiveShape is not { Classes: int classes, Features: int features } shape)
        {
            return null;
        }

        // Labels that follow one another are counted, wherever they come from.
        EquatableArray<int> labels = shape.Labels;
        bool isCounted = labels.Select(static (label, index) => (long)label - index).Distinct().Count() <= 1;
        return new ModelSpec(
            declaration.Type,
            classes,
            features,
            labels.Count > 0 ? labels[0] : shape.FirstLabel ?? 0,
            (Precision)shape.Precision,
            shape.MaxStackBytes,
            shape.ClassNames,
            shape.FeatureNames)
        {
            Labels = isCounted ? default : labels,
            Label = declaration.Labels is { } source ? new LabelSpec(source.Reference, source.Underlying) : null,
            Row = declaration.Row is { } row ? ToSpec(row) : null,
            Experiments = declaration.Experiments,
            MissingValues = (MissingValues)shape.MissingValues,
            AcceptedFingerprints = shape.AcceptedFingerprints,
            Weights = shape.Weights,
            WeightsAreOptional = shape.WeightsAreOptional,
        };
    }

    private static RowSpec ToSpec(DeclaredRow row) => new(
        row.Reference,
        row.CanBeNull,
        row.Encoded,
        row.Label is { } label ? new LabelMemberSpec(new MemberSpec(label.Reference, label.DeclaringType), label.Content == MemberContent.Int) : null);

    // Of a type with the attribute on several parts, one part speaks for all.
    private static bool IsOn(TypeDeclarationSyntax part, AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } source && source.SyntaxTree == part.SyntaxTree && part.Span.Contains(source.Span);
}
