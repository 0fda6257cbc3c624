using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>SMG0013: a model whose scratch comes from the array pool. It is a remark and no complaint.</summary>
public class PooledScratchTests
{
    private const string Large = "Classes = 10, Features = 69";

    [Theory]
    [InlineData(Large, "SoftmaxGen.SoftmaxModel(Classes = 10, Features = 69)")]
    [InlineData(Large + ", MaxStackBytes = 66111", "MaxStackBytes = 66111")]
    [InlineData("Classes = 3, Features = 200, MaxStackBytes = 32768", "MaxStackBytes = 32768")]
    [InlineData("Classes = 256, Features = 65535", "SoftmaxGen.SoftmaxModel(Classes = 256, Features = 65535)")]
    [InlineData("Classes = 4096, Features = 4095", "SoftmaxGen.SoftmaxModel(Classes = 4096, Features = 4095)")]
    public async Task Pooled_scratch_is_reported_where_its_limit_is_set(string arguments, string place)
    {
        string source = Sources.WithArguments(arguments);

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal("SMG0013", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("Classes = 10, Features = 68")]
    [InlineData(Large + ", MaxStackBytes = 66112")]
    [InlineData("Classes = 10, Features = 48, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    [InlineData("Classes = 3, Features = 100")]
    public async Task Scratch_on_the_stack_is_not_reported(string arguments) =>
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(Sources.WithArguments(arguments)));

    [Fact]
    public async Task A_model_that_is_not_valid_is_not_reported_for_its_scratch()
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerHarness.AnalyzeAsync("[SoftmaxGen.SoftmaxModel(Classes = 100, Features = 784)] class Model;");

        Assert.Equal(["SMG0001"], diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task The_message_names_the_model_the_bytes_and_what_to_do()
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(Sources.WithArguments(Large)));

        Assert.Equal(
            "The scratch of 'Model' needs 66112 bytes but MaxStackBytes is 65536, so each call that computes the loss rents it from the array pool; "
            + "raise MaxStackBytes to keep it on the stack",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_message_does_not_ask_for_what_is_not_allowed()
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(Sources.WithArguments("Classes = 100, Features = 784")));

        Assert.EndsWith("; that is more than MaxStackBytes may allow, 1048576", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_is_generated_and_compiles()
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Strict, "/// <summary>A model.</summary>\n" + Sources.WithArguments(Large));

        Assert.NotNull(compilation.GetTypeByMetadataName("Model")!.GetMembers("PredictBatch").SingleOrDefault());
        GeneratorHarness.AssertClean(compilation);
    }

    [Fact]
    public async Task It_is_reported_once_beside_the_generated_part()
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, Sources.WithArguments(Large));

        Assert.Single(await AnalyzerHarness.AnalyzeAsync(compilation));
    }

    [Fact]
    public async Task A_pragma_suppresses_it() =>
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync($"#pragma warning disable SMG0013\n{Sources.WithArguments(Large)}\n#pragma warning restore SMG0013"));

    [Theory]
    [InlineData("none", null)]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("error", DiagnosticSeverity.Error)]
    public async Task An_editorconfig_sets_its_severity(string severity, DiagnosticSeverity? expected)
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerHarness.AnalyzeAsync(
            GeneratorHarness.Compile(Sources.WithArguments(Large)).WithEditorConfig($"[*.cs]\ndotnet_diagnostic.SMG0013.severity = {severity}"));

        Assert.Equal(expected, diagnostics.SingleOrDefault()?.Severity);
    }
}
