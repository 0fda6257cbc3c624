using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Applies an <c>.editorconfig</c> to a compilation, as the command-line compiler does.</summary>
internal static class EditorConfig
{
    /// <summary>Sets the severities that the text of a configuration file gives.</summary>
    public static CSharpCompilation WithEditorConfig(this CSharpCompilation compilation, string text) =>
        compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Provider(text)));

    private sealed class Provider(string text) : SyntaxTreeOptionsProvider
    {
        // The file lies in the root, above every source file.
        private readonly AnalyzerConfigSet _configuration = AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse(text, "/.editorconfig")));

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _configuration.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _configuration.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
