using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>A member of a row type that a diagnostic is about.</summary>
/// <param name="Symbols">The member, the parameters of its name, and what else is called so in the row type and its base types.</param>
/// <param name="Semantics">The semantics of the file with the model.</param>
internal sealed record RowMember(IReadOnlyList<ISymbol> Symbols, SemanticModel Semantics)
{
    /// <summary>Finds the member of a diagnostic.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="diagnostic">The diagnostic, reported on the row type among the arguments of the model's attribute.</param>
    /// <param name="cancellationToken">Abandons the work.</param>
    /// <returns>The member; null where there is none.</returns>
    public static async Task<RowMember?> FindAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(Violation.SubjectProperty, out string? subject)
            || await SolutionEdits.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is not var (node, semantics)
            || node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || semantics.GetTypeInfo(attribute, cancellationToken).Type is not INamedTypeSymbol { Arity: 2 } type
            || type.TypeArguments[1] is not INamedTypeSymbol row)
        {
            return null;
        }

        string name = subject!.Substring(subject.LastIndexOf('.') + 1);
        return new RowMember([.. RowReader.Lineage(row).SelectMany(level => Named(level, name))], semantics);
    }

    // A parameter of a constructor may speak for a property whose name differs by its case.
    private static IEnumerable<ISymbol> Named(INamedTypeSymbol type, string name) => type.GetMembers(name)
        .Where(static member => member is IFieldSymbol or IPropertySymbol)
        .Concat(type.InstanceConstructors
            .SelectMany(static constructor => constructor.Parameters)
            .Where(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
