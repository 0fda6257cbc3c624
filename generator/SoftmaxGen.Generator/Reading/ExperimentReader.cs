using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// Reads the ids of the errors that the compiler reports where something <c>[Experimental]</c> is used. Who declares the model is told of its types; the
/// generated code, where nobody could answer, is not asked again.
/// </summary>
internal static class ExperimentReader
{
    /// <summary>Reads the ids.</summary>
    /// <returns>The ids, each once, in order.</returns>
    public static IEnumerable<string> Read(IEnumerable<ISymbol> symbols) => symbols
        .SelectMany(static symbol => new[] { symbol, (symbol as IPropertySymbol)?.GetMethod, symbol.ContainingModule, symbol.ContainingAssembly })
        .Where(static symbol => symbol is not null)
        .SelectMany(static symbol => symbol!.GetAttributes())
        .Where(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.Diagnostics.CodeAnalysis.ExperimentalAttribute")
        .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "")
        .Where(SyntaxFacts.IsValidIdentifier)
        .Distinct()
        .OrderBy(static id => id, StringComparer.Ordinal);
}
