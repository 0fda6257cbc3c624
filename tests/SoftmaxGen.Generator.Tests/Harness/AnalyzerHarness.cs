using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Analyzers;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Runs the analyzers.</summary>
internal static class AnalyzerHarness
{
    /// <summary>Gets the analyzers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new SoftmaxModelAnalyzer(), new ModelUsageAnalyzer()];

    /// <summary>Gets all that they may report.</summary>
    public static ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)];

    private static readonly HashSet<string> _own = [.. SupportedDiagnostics.Select(static descriptor => descriptor.Id)];

    /// <summary>Runs the analyzers on a compilation.</summary>
    /// <returns>What they report and nothing suppresses, in source order.</returns>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(Analyzers);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(static diagnostic => diagnostic.Id)];
    }

    /// <summary>Asserts that neither the compiler nor an analyzer has anything to say of a compilation; asked together, they bind it once.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="least">The least severity of the compiler's that counts; of the analyzers' every one does.</param>
    public static async Task AssertCleanAsync(Compilation compilation, DiagnosticSeverity least = DiagnosticSeverity.Warning)
    {
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers(Analyzers).GetAllDiagnosticsAsync();
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Severity >= least || _own.Contains(diagnostic.Id)));
    }

    /// <summary>Runs the analyzers on a file.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source, Settings? settings = null) =>
        AnalyzeAsync(GeneratorHarness.Compile(settings ?? Settings.Default, source));
}
