using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Tells the files of this generator from those of the user.</summary>
internal static class GeneratedTree
{
    /// <summary>
    /// Decides whether a symbol is declared in files of this generator alone. The generator never sees its own files but the analyzer
    /// does, and both must find the same declaration.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>Whether no user wrote it.</returns>
    public static bool IsSoleOrigin(ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(static reference => IsGenerated(reference.SyntaxTree));

    // The compiler puts a generator's files in a folder of the generator's full name.
    private static bool IsGenerated(SyntaxTree tree) =>
        Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == typeof(SoftmaxModelGenerator).FullName;
}
