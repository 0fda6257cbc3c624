using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Turns a type that bears the attribute into what the pipeline carries on: plain values, nothing of the compiler's.</summary>
internal static class ModelReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="context">The attribute and its target.</param>
    /// <param name="cancellationToken">Abandons the reading.</param>
    /// <returns>The model, or null when it is not valid; the analyzer says why.</returns>
    public static ModelSpec? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        if (ModelAttribute.Find(type) is not { } attribute
            || !context.Attributes.Any(found => IsSame(found, attribute))
            || !IsOn(context.TargetNode, attribute))
        {
            return null;
        }

        return DeclarationReader.Read(type, attribute, context.SemanticModel.Compilation, cancellationToken) is { } declaration ? ToSpec(declaration) : null;
    }

    /// <summary>Turns a declaration into a model.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <returns>The model, or null when the declaration breaks a rule.</returns>
    public static ModelSpec? ToSpec(ModelDeclaration declaration)
    {
        if (ShapeRules.Check(declaration).Count > 0 || declaration.EffectiveShape is not { Classes: int classes, Features: int features } shape)
        {
            return null;
        }

        return new ModelSpec(
            declaration.Type,
            classes,
            features,
            shape.FirstLabel ?? 0,
            (Precision)shape.Precision,
            shape.MaxStackBytes,
            shape.ClassNames,
            shape.FeatureNames)
        {
            Label = declaration.Labels is { } labels ? new LabelSpec(labels.Reference, labels.Underlying) : null,
            Row = declaration.Row is { } row ? ToSpec(row) : null,
            MissingValues = (MissingValues)shape.MissingValues,
            AcceptedFingerprints = shape.AcceptedFingerprints,
            Weights = shape.Weights,
        };
    }

    private static RowSpec ToSpec(DeclaredRow row) => new(
        row.Reference,
        row.CanBeNull,
        row.Features.Select(static member => new FeatureSpec(member.Reference, member.Content == MemberContent.Boolean)).ToEquatableArray(),
        row.Label is { } label ? new LabelMemberSpec(label.Reference, label.Content == MemberContent.Int) : null);

    // Of a type with two forms of the attribute, one speaks for both; that it has two is a broken rule.
    private static bool IsSame(AttributeData one, AttributeData other) =>
        one.ApplicationSyntaxReference is { } source
        && source.SyntaxTree == other.ApplicationSyntaxReference?.SyntaxTree
        && source.Span == other.ApplicationSyntaxReference.Span;

    // Of a type with the attribute on several parts, one part speaks for all.
    private static bool IsOn(SyntaxNode target, AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } source && source.SyntaxTree == target.SyntaxTree && target.Span.Contains(source.Span);
}
