using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Tests.Analyzers;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Generator.Tests.Weights;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// Builds without analyzers: the generator reports what it declines, in the words and the places of the analyzer, and only where it is asked to.
/// </summary>
public class DeclinedTests
{
    public static TheoryData<string> Wrong { get; } =
    [
        "class Model;",
        "[SoftmaxGen.SoftmaxModel] class Model;",
        "[SoftmaxGen.SoftmaxModel(Classes = 1, Features = 0)]\npartial class Model { public int Weights; public Model(int x) { } }",
        "class Outer { [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial class Model; [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial struct Other; }",
        .. TypedModelAnalyzerTests.Wrong.Select(static row => (string)row[0]).Where((_, index) => index % 6 == 0),
    ];

    [LongTheory(every: 3)]
    [MemberData(nameof(Wrong))]
    public async Task The_generator_says_what_the_analyzer_would(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(source);

        IEnumerable<string> analyzer = (await AnalyzerHarness.AnalyzeAsync(compilation))
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Text);

        Assert.Equal(analyzer.Order(StringComparer.Ordinal), Run(compilation, "true").Select(Text).Order(StringComparer.Ordinal));
        Assert.Empty(Run(compilation, "false"));
        Assert.Empty(Run(compilation, null));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "SMG0042")]
    [InlineData("\"features\": 2", "\"features\": 3", "SMG0042")]
    [InlineData("\"firstLabel\": 0", "\"firstLabel\": 1", "SMG0044")]
    public async Task Of_weights_as_well(string old, string replacement, string id)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(WeightsFiles.Model);
        TextFile file = WeightsFiles.File(old, replacement);
        Diagnostic analyzer = Assert.Single(await WeightsFiles.AnalyzeAsync(compilation, file));

        Diagnostic diagnostic = Assert.Single(Run(compilation, "true", file));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(analyzer.GetMessage(CultureInfo.InvariantCulture), diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(Run(compilation, null, file));
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Location.GetLineSpan()} {diagnostic.Id} {diagnostic.Severity}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

    private static ImmutableArray<Diagnostic> Run(CSharpCompilation compilation, string? reports, params AdditionalText[] files)
    {
        GeneratorDriverRunResult result = CSharpGeneratorDriver
            .Create([new SoftmaxModelGenerator().AsSourceGenerator()], files, Settings.Default.ParseOptions, new Options(reports))
            .RunGenerators(compilation)
            .GetRunResult();
        Assert.Null(result.Results.Single().Exception);
        return result.Diagnostics;
    }

    private sealed class Options(string? reports) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(reports);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string? reports) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = reports ?? "";
                return reports is not null && key == "build_property.SoftmaxGenReports";
            }
        }
    }
}
