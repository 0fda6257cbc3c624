using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>The data that the samples of pages read.</summary>
internal static class SampleData
{
    /// <summary>Gets the path of Fisher's irises.</summary>
    public static string Irises { get; } = Path.Combine(SourceTree.Root, "samples", "data", "iris.csv");

    /// <summary>Makes a sample that reads a file of the current folder read the file of the repository.</summary>
    /// <param name="code">The sample.</param>
    /// <returns>The sample with the path of the file.</returns>
    public static string Place(string code) =>
        code.Replace("\"iris.csv\"", SymbolDisplay.FormatLiteral(Irises, quote: true), StringComparison.Ordinal);
}
