using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>Makes a model and all types around it partial, in each of their parts.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
[Shared]
public sealed class MakePartialCodeFix() : SolutionCodeFix("Make the model and the types around it partial")
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticDescriptors.TypeNotPartial.Id, DiagnosticDescriptors.EnclosingTypeNotPartial.Id];

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var declarations = new HashSet<TypeDeclarationSyntax>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            INamedTypeSymbol? type = await FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false);
            for (; type is not null; type = type.ContainingType)
            {
                declarations.UnionWith(type.DeclaringSyntaxReferences
                    .Select(reference => reference.GetSyntax(cancellationToken))
                    .OfType<TypeDeclarationSyntax>()
                    .Where(static declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword)));
            }
        }

        return await SolutionEdits.ReplaceAsync(solution, declarations, static (_, declaration) => MakePartial(declaration), cancellationToken)
            .ConfigureAwait(false);
    }

    // The diagnostics are reported on the identifier of the model.
    private static async Task<INamedTypeSymbol?> FindAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await SolutionEdits.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is var (node, semantics)
        && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            ? semantics.GetDeclaredSymbol(declaration, cancellationToken)
            : null;

    // `partial` is the last of the modifiers. Where it is the only one, what stood before the keyword stands before it.
    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax declaration)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (declaration.Modifiers.Count > 0)
        {
            return declaration.AddModifiers(partial);
        }

        SyntaxToken keyword = declaration.Keyword;
        return declaration
            .WithKeyword(keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}
