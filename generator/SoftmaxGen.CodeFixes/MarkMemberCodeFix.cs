using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>A fix that marks a member which cannot be a feature.</summary>
public abstract class MarkMemberCodeFix : SolutionCodeFix
{
    private protected MarkMemberCodeFix(string title)
        : base(title)
    {
    }

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.UnfitFeature.Id];

    /// <summary>Decides whether a member of a type may be marked.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it may.</returns>
    private protected abstract bool Fits(ITypeSymbol type);

    /// <summary>Gets the name of the attribute, without its namespace, and its argument.</summary>
    private protected abstract (string Name, string Argument) Mark { get; }

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var marked = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await RowMember.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { } member
                && Declaration(member, cancellationToken) is { } declaration)
            {
                marked[declaration] = Add(declaration, member);
            }
        }

        return await SolutionEdits.ReplaceAsync(solution, marked.Keys, (original, _) => marked[original], cancellationToken).ConfigureAwait(false);
    }

    // One declaration of one member: where several have the name, nobody but their author can say which. A record's parameter declares its property.
    private SyntaxNode? Declaration(RowMember member, CancellationToken cancellationToken)
    {
        ISymbol[] members = [.. member.Symbols.Where(static symbol => symbol is not IParameterSymbol)];
        if (members.Length != 1
            || members[0].DeclaringSyntaxReferences.Length != 1
            || !Fits(members[0] is IFieldSymbol field ? field.Type : ((IPropertySymbol)members[0]).Type)
            || member.Symbols.SelectMany(static symbol => symbol.GetAttributes()).Any(attribute => IsMark(attribute.AttributeClass)))
        {
            return null;
        }

        return members[0].DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) switch
        {
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration } => declaration,
            PropertyDeclarationSyntax declaration => declaration,
            ParameterSyntax declaration => declaration,
            _ => null,
        };
    }

    private bool IsMark(ISymbol? type) => type?.ToDisplayString() == $"SoftmaxGen.{Mark.Name}Attribute";

    private SyntaxNode Add(SyntaxNode declaration, RowMember member)
    {
        (string name, string argument) = Mark;
        Compilation compilation = member.Semantics.Compilation;
        bool isNamed = compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            && compilation.GetSemanticModel(declaration.SyntaxTree)
                .LookupNamespacesAndTypes(declaration.SpanStart, name: name + "Attribute")
                .Any(IsMark);
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
            SyntaxFactory.ParseName(isNamed ? name : "SoftmaxGen." + name), SyntaxFactory.ParseAttributeArgumentList(argument))));
        SyntaxTriviaList leading = declaration.GetLeadingTrivia();
        list = list.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxNode bare = declaration.WithLeadingTrivia();
        return bare switch
        {
            FieldDeclarationSyntax field => field.WithAttributeLists(field.AttributeLists.Insert(0, list)),
            PropertyDeclarationSyntax property => property.WithAttributeLists(property.AttributeLists.Insert(0, list)),
            _ => ((ParameterSyntax)bare).WithAttributeLists(((ParameterSyntax)bare).AttributeLists.Insert(0, list)),
        };
    }
}
