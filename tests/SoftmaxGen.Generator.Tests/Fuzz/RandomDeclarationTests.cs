using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Analyzers;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>
/// Thousands of random declarations, the same each time. Whatever they are, the generator does not throw, an unrelated edit runs nothing again, and
/// of a declaration that is right but for the generator, either the model is generated and compiles, or a diagnostic says why there is none.
/// </summary>
public class RandomDeclarationTests
{
    private const int Batches = 8;
    private const int TypedBatches = 4;
    private const int BatchSize = 250;

    // What is quick is the beginning of the first batch.
    private const int QuickSize = 12;

    // References are read once, and the model among them is generated once; each declaration replaces a file.
    private static readonly CSharpCompilation _surroundings = GeneratorHarness.Compile(
        Settings.Default with { WarningLevel = 9999 }, RandomDeclaration.Surroundings);
    private static readonly GeneratorDriver _driver = GeneratorHarness.CreateDriver().RunGenerators(_surroundings);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Batches).Select(static batch => batch * BatchSize)];

    public static TheoryData<int> TypedSeeds => [.. Enumerable.Range(0, TypedBatches).Select(static batch => batch * BatchSize)];

    [Fact]
    public Task The_first_declarations_are_generated_or_explained() => AssertAllAsync(0, QuickSize, RandomDeclaration.Write);

    [Fact]
    public Task The_first_declarations_with_types_are_generated_or_explained() => AssertAllAsync(0, QuickSize, RandomTypedDeclaration.Write);

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public Task Any_declaration_is_generated_or_explained(int firstSeed) => AssertAllAsync(firstSeed, BatchSize, RandomDeclaration.Write);

    [Theory]
    [MemberData(nameof(TypedSeeds))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public Task Any_declaration_with_types_is_generated_or_explained(int firstSeed) => AssertAllAsync(firstSeed, BatchSize, RandomTypedDeclaration.Write);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_declarations_are_of_all_sorts() => AssertOfAllSorts(RandomDeclaration.Write);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_declarations_with_types_are_of_all_sorts() => AssertOfAllSorts(RandomTypedDeclaration.Write);

    private static async Task AssertAllAsync(int firstSeed, int count, Func<int, string> write)
    {
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            string source = write(seed);
            CSharpCompilation compilation = _surroundings.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Settings.Default.ParseOptions, path: "Random.cs"));
            GeneratorDriver driver = _driver.RunGenerators(compilation);
            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            string hint = $"seed {seed}:\n{source}\n";

            Assert.True(result.Exception is null, hint + result.Exception);
            Assert.True(result.Diagnostics.IsEmpty, hint);
            AssertCached(driver, compilation, hint);
            await AssertGeneratedOrExplainedAsync(compilation, result, hint);
        }
    }

    private static void AssertOfAllSorts(Func<int, string> write)
    {
        int generated = 0;
        int declined = 0;
        int broken = 0;
        for (int seed = 0; seed < BatchSize; seed++)
        {
            CSharpCompilation compilation = _surroundings.AddSyntaxTrees(CSharpSyntaxTree.ParseText(write(seed), Settings.Default.ParseOptions));
            bool isBroken = Errors(compilation.GetDiagnostics()).Any();
            bool isGenerated = OfRandomFile(_driver.RunGenerators(compilation).GetRunResult().Results.Single()).Any();
            broken += isBroken ? 1 : 0;
            generated += isGenerated && !isBroken ? 1 : 0;
            declined += !isGenerated && !isBroken ? 1 : 0;
        }

        // A fuzz test of nothing but nonsense would prove nothing.
        Assert.InRange(generated, BatchSize / 10, BatchSize);
        Assert.InRange(declined, BatchSize / 20, BatchSize);
        Assert.InRange(broken, BatchSize / 20, BatchSize);
    }

    private static void AssertCached(GeneratorDriver driver, CSharpCompilation compilation, string hint)
    {
        CSharpCompilation edited = compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("// An unrelated file.", Settings.Default.ParseOptions, path: "Other.cs"));
        GeneratorRunResult again = driver.RunGenerators(edited).GetRunResult().Results.Single();
        IEnumerable<IncrementalStepRunReason> reasons = again.TrackedOutputSteps.Values
            .Concat(again.TrackedSteps.Where(static step => step.Key is TrackingNames.Models or TrackingNames.Plans).Select(static step => step.Value))
            .SelectMany(static runs => runs)
            .SelectMany(static run => run.Outputs)
            .Select(static output => output.Reason);
        Assert.True(reasons.All(static reason => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged), hint);
    }

    private static async Task AssertGeneratedOrExplainedAsync(CSharpCompilation compilation, GeneratorRunResult result, string hint)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new SoftmaxModelAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> reports = await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reports, static report => !report.Id.StartsWith("SMG", StringComparison.Ordinal));
        if (Errors(compilation.GetDiagnostics()).Any())
        {
            return;
        }

        if (HasModel(compilation) && !OfRandomFile(result).Any())
        {
            Assert.True(Errors(reports).Any(), hint + "Nothing is generated and nothing says why.");
        }

        // The user-facing file of a model has all that depends on how the model is declared; the kernels depend on its shape alone.
        CSharpCompilation complete = compilation.AddSyntaxTrees(result.GeneratedSources.Select(static file => file.SyntaxTree));
        IEnumerable<Diagnostic> complaints = complete.GetDeclarationDiagnostics()
            .Concat(OfRandomFile(result)
                .Where(static file => !file.HintName.Contains(".Kernels", StringComparison.Ordinal))
                .SelectMany(file => complete.GetSemanticModel(file.SyntaxTree).GetDiagnostics()));
        string[] ours =
            [.. complaints.Where(static complaint => complaint.Severity >= DiagnosticSeverity.Warning).Where(IsErrorOrGenerated)
                .Select(static complaint => $"{complaint}")];
        Assert.True(ours.Length == 0, hint + string.Join('\n', ours));
    }

    private static bool HasModel(CSharpCompilation compilation)
    {
        SyntaxTree file = compilation.SyntaxTrees.Single(static tree => tree.FilePath == "Random.cs");
        SemanticModel semantics = compilation.GetSemanticModel(file);
        return file.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Any(declaration => semantics.GetDeclaredSymbol(declaration) is { } type && ModelAttribute.Find(type) is not null);
    }

    // A warning about the declaration itself is its author's.
    private static bool IsErrorOrGenerated(Diagnostic complaint) =>
        complaint.Severity == DiagnosticSeverity.Error || complaint.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static IEnumerable<GeneratedSourceResult> OfRandomFile(GeneratorRunResult result) =>
        result.GeneratedSources.Where(static file => !file.HintName.StartsWith("Bases+", StringComparison.Ordinal));

    private static IEnumerable<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
