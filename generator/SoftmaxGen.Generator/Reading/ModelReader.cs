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
        if (ModelAttribute.Find(type) is not { } attribute || !IsOn(context.TargetNode, attribute))
        {
            return null;
        }

        return DeclarationReader.Read(type, attribute, cancellationToken) is { } declaration ? ToSpec(declaration) : null;
    }

    /// <summary>Turns a declaration into a model.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <returns>The model, or null when the declaration breaks a rule.</returns>
    public static ModelSpec? ToSpec(ModelDeclaration declaration) =>
        ShapeRules.Check(declaration).Count == 0 && declaration.Shape is { Classes: int classes, Features: int features } shape
            ? new ModelSpec(
                declaration.Type,
                classes,
                features,
                shape.FirstLabel,
                (Precision)shape.Precision,
                shape.MaxStackBytes,
                shape.ClassNames,
                shape.FeatureNames,
                shape.AcceptedFingerprints)
            : null;

    // Of a type with the attribute on several parts, one part speaks for all.
    private static bool IsOn(SyntaxNode target, AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } source && source.SyntaxTree == target.SyntaxTree && target.Span.Contains(source.Span);
}
