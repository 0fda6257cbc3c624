using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Emitting.Rows;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// Tells that what another generator writes is no part of a model: the analyzer sees the files of all generators, the generator sees none of them.
/// </summary>
internal static class UnseenReport
{
    /// <summary>Reports what of a model the generator cannot have seen.</summary>
    /// <param name="context">The analysis of the model's type.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="declaration">The model with all that the analyzer sees.</param>
    /// <param name="isValid">Whether that is a valid model.</param>
    /// <returns>Whether anything was reported: what else there is to say would be about what the generator did not see.</returns>
    public static bool Report(SymbolAnalysisContext context, AttributeData attribute, ModelDeclaration declaration, bool isValid)
    {
        var model = (INamedTypeSymbol)context.Symbol;
        bool isGenerated = model.DeclaringSyntaxReferences.Any(static part => GeneratedTree.IsOwn(part.SyntaxTree));
        string[] unseen = [.. (isGenerated, isValid) switch
        {
            (true, _) => IsWhole(model, declaration) ? [] : UnseenMembers(attribute, declaration),
            (false, true) => UnseenTypes(model, attribute) is { Length: > 0 } types ? types : UnseenMembers(attribute, declaration),
            _ => [],
        }];
        if (unseen.Length == 0)
        {
            return false;
        }

        var violation = new Violation(DiagnosticDescriptors.Unseen, string.Join(", ", unseen.Distinct().Select(static name => $"'{name}'")));
        context.ReportDiagnostic(violation.ToDiagnostic(model.Name, violation.Locate(model, attribute, context.CancellationToken)));
        return true;
    }

    // What the generated part was made of, as far as other generators can add to it.
    private static bool IsWhole(INamedTypeSymbol model, ModelDeclaration declaration) =>
        declaration.Row is not { } row
        || (model.GetMembers("Features").OfType<IFieldSymbol>().Any(features => features.ConstantValue is int count && count == row.Features.Count)
            && model.GetMembers(RowTrainingMembersEmitter.LabelsMethod).IsEmpty == row.Label is null);

    private static string[] UnseenTypes(INamedTypeSymbol model, AttributeData attribute) =>
        GeneratedTree.IsOfAnother(attribute.ApplicationSyntaxReference!.SyntaxTree)
            ? [model.Name]
            : [.. attribute.AttributeClass!.TypeArguments.Where(IsUnseen).Select(static type => type.Name)];

    private static string[] UnseenMembers(AttributeData attribute, ModelDeclaration declaration)
    {
        if (declaration.Row is not { } row || attribute.AttributeClass!.TypeArguments[1] is not INamedTypeSymbol type)
        {
            return [];
        }

        HashSet<string> names = [.. row.Members.Where(static member => !member.IsIgnored || member.IsLabel).Select(static member => member.Name)];
        return [.. RowReader.Lineage(type)
            .SelectMany(static level => level.GetMembers())
            .Where(member => member is IFieldSymbol or IPropertySymbol && names.Contains(member.Name) && IsUnseen(member))
            .Select(static member => $"{member.ContainingType.Name}.{member.Name}")];
    }

    private static bool IsUnseen(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences is { Length: > 0 } parts && parts.All(static part => GeneratedTree.IsOfAnother(part.SyntaxTree));
}
