using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Analyzers;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>Numbers the members of the enum that a model takes for its classes, so that each has a value of its own and none is left out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberEnumCodeFix))]
[Shared]
public sealed class NumberEnumCodeFix() : SolutionCodeFix("Number the members of the enum consecutively")
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.EnumAlias.Id, DiagnosticDescriptors.EnumGap.Id];

    /// <inheritdoc/>
    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        Dictionary<EnumDeclarationSyntax, EnumDeclarationSyntax> numbered =
            await NumberAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false);

        // No enum lies in another, so each comes here as it was found.
        return await SolutionEdits.ReplaceAsync(solution, numbered.Keys, declaration => numbered[declaration], cancellationToken).ConfigureAwait(false);
    }

    // Several models may have one enum. One that comes compiled, or of which nothing but the author can say where its values should go, is left alone.
    private static async Task<Dictionary<EnumDeclarationSyntax, EnumDeclarationSyntax>> NumberAsync(
        Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var numbered = new Dictionary<EnumDeclarationSyntax, EnumDeclarationSyntax>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await FindEnumAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { } type
                && FindDeclaration(solution, type, cancellationToken) is { } declaration
                && EnumReader.ReadMembers(type) is { } members
                && members.Length == declaration.Members.Count
                && IsRoomFor(members, type))
            {
                numbered[declaration] = EnumNumbering.Number(declaration, [.. members.Select(static member => member.Value)]);
            }
        }

        return numbered;
    }

    // The diagnostics are reported on the first type argument of the attribute, or on an attribute that does not show it.
    private static async Task<INamedTypeSymbol?> FindEnumAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } semantics)
        {
            return null;
        }

        SyntaxNode root = await semantics.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        return root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
            && semantics.GetTypeInfo(attribute, cancellationToken).Type is INamedTypeSymbol form
            ? form.TypeArguments.FirstOrDefault() as INamedTypeSymbol
            : null;
    }

    // A compiled enum has no declaration, one of a generated file none that could be edited.
    private static EnumDeclarationSyntax? FindDeclaration(Solution solution, INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences is { Length: 1 } references
        && solution.GetDocument(references[0].SyntaxTree) is not null
            ? references[0].GetSyntax(cancellationToken) as EnumDeclarationSyntax
            : null;

    // Where two members had one value, the greatest grows: it must remain a value of the enum, and a label.
    private static bool IsRoomFor(DeclaredEnumMember[] members, INamedTypeSymbol type)
    {
        decimal least = members.Min(static member => member.Value);
        return least >= int.MinValue && least + members.Length - 1 <= GreatestLabel(type.EnumUnderlyingType!.SpecialType);
    }

    private static int GreatestLabel(SpecialType underlying) => underlying switch
    {
        SpecialType.System_SByte => sbyte.MaxValue,
        SpecialType.System_Byte => byte.MaxValue,
        SpecialType.System_Int16 => short.MaxValue,
        SpecialType.System_UInt16 => ushort.MaxValue,
        _ => int.MaxValue,
    };
}
