using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds the declaration and the uses of a local variable, in lambdas and local functions too.</summary>
internal static class LocalUses
{
    /// <summary>Finds the uses of a variable.</summary>
    /// <param name="local">The variable.</param>
    /// <param name="within">Any operation of the body that declares it.</param>
    /// <returns>The uses.</returns>
    public static IEnumerable<ILocalReferenceOperation> Of(ILocalSymbol local, IOperation within) =>
        Root(within).Descendants().OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local));

    /// <summary>Finds what a variable is given where it is declared.</summary>
    /// <param name="local">The variable.</param>
    /// <param name="within">Any operation of the body that declares it.</param>
    /// <returns>The value, or null when the declaration gives none.</returns>
    public static IOperation? Initializer(ILocalSymbol local, IOperation within) =>
        Root(within).Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?
            .Initializer?.Value;

    private static IOperation Root(IOperation operation) => operation.Parent is { } parent ? Root(parent) : operation;
}
