using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>Adds <c>Classes</c> or <c>Features</c> to an attribute that lacks them: as many as it gives names for, or else the least there may be.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddShapeCodeFix))]
[Shared]
public sealed class AddShapeCodeFix() : SolutionCodeFix("Add what the shape lacks: Classes, Features")
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.ClassesOutOfRange.Id, DiagnosticDescriptors.FeaturesOutOfRange.Id];

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        Dictionary<AttributeSyntax, int> attributes = await FindAttributesAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false);
        return await SolutionEdits.ReplaceAsync(
            solution, attributes.Keys, (original, attribute) => AddShape(attribute, attributes[original]), cancellationToken).ConfigureAwait(false);
    }

    // What is missing is reported on the attribute as a whole. A number that is there and out of range is for its author to mend, and so is what a type says:
    // the first has the classes, the second the features. The attributes, each with the number of its types.
    private static async Task<Dictionary<AttributeSyntax, int>> FindAttributesAsync(
        Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<AttributeSyntax, int>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await SolutionEdits.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is (AttributeSyntax attribute, { } semantics)
                && semantics.GetTypeInfo(attribute, cancellationToken).Type is INamedTypeSymbol { Arity: var types }
                && types < (diagnostic.Id == DiagnosticDescriptors.ClassesOutOfRange.Id ? 1 : 2))
            {
                attributes[attribute] = types;
            }
        }

        return attributes;
    }

    private static AttributeSyntax AddShape(AttributeSyntax attribute, int types)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments ?? default;
        if (types == 0)
        {
            arguments = Add(arguments, "Classes", "ClassNames", ShapeLimits.MinClasses, at: 0);
        }

        arguments = Add(arguments, "Features", "FeatureNames", ShapeLimits.MinFeatures, at: IndexOf(arguments, "Classes") + 1);
        return attribute.WithArgumentList((attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList()).WithArguments(arguments));
    }

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Add(
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments, string name, string namesArgument, int least, int at)
    {
        if (IndexOf(arguments, name) >= 0)
        {
            return arguments;
        }

        int value = Math.Max(least, CountNames(arguments, namesArgument));
        AttributeArgumentSyntax argument = SyntaxFactory.AttributeArgument(
            SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value)))
            .WithNameEquals(SyntaxFactory.NameEquals(name).NormalizeWhitespace().WithTrailingTrivia(SyntaxFactory.Space));
        return SeparateBySpaces(Insert(arguments, at, argument));
    }

    // At the beginning of a line it takes the place of the argument that stood there, which goes on behind it.
    private static SeparatedSyntaxList<AttributeArgumentSyntax> Insert(
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments, int at, AttributeArgumentSyntax argument) => at == arguments.Count
        ? arguments.Add(argument)
        : arguments
            .Replace(arguments[at], arguments[at].WithoutLeadingTrivia())
            .Insert(at, argument.WithLeadingTrivia(arguments[at].GetLeadingTrivia()));

    // A new argument brings a comma without a space; the commas that were there keep what follows them.
    private static SeparatedSyntaxList<AttributeArgumentSyntax> SeparateBySpaces(SeparatedSyntaxList<AttributeArgumentSyntax> arguments) =>
        SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(arguments.GetWithSeparators().Select(static item =>
            item.IsToken && item.GetTrailingTrivia().Count == 0 ? (SyntaxNodeOrToken)item.AsToken().WithTrailingTrivia(SyntaxFactory.Space) : item));

    private static int IndexOf(SeparatedSyntaxList<AttributeArgumentSyntax> arguments, string name) =>
        arguments.IndexOf(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    private static int CountNames(SeparatedSyntaxList<AttributeArgumentSyntax> arguments, string name) =>
        IndexOf(arguments, name) is var index and >= 0 ? CountElements(arguments[index].Expression) : 0;

    private static int CountElements(ExpressionSyntax array) => array switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Count,
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
        _ => 0,
    };
}
