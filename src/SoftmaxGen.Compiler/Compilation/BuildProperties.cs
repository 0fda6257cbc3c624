using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>The properties of the build that the generator is told: it reports itself what is wrong, because no analyzer runs here.</summary>
internal sealed class BuildProperties : AnalyzerConfigOptionsProvider
{
    private BuildProperties()
    {
    }

    /// <summary>Gets the instance.</summary>
    public static BuildProperties Instance { get; } = new();

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.SoftmaxGenReports" ? "true" : null;
            return value is not null;
        }
    }
}
