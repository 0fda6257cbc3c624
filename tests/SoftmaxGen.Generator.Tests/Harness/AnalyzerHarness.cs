using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Analyzers;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Runs the analyzer.</summary>
internal static class AnalyzerHarness
{
    /// <summary>Runs the analyzer on a compilation.</summary>
    /// <returns>What it reports and nothing suppresses, in source order.</returns>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new SoftmaxModelAnalyzer()]);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(static diagnostic => diagnostic.Id)];
    }

    /// <summary>Runs the analyzer on a file.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source, Settings? settings = null) =>
        AnalyzeAsync(GeneratorHarness.Compile(settings ?? Settings.Default, source));
}
