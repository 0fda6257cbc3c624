using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Tests.Analyzers;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>
/// Neither the generator nor an analyzer throws or runs away on half-typed code: sources of tests and samples with some tokens deleted, doubled and swapped.
/// The environment variable <c>SOFTMAXGEN_EDITS</c> sets the number of edited sources of each batch.
/// </summary>
public class EditedSourceTests
{
    private const int Batches = 4;
    private const int QuickEdits = 20;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly int _edits =
        int.TryParse(Environment.GetEnvironmentVariable("SOFTMAXGEN_EDITS"), CultureInfo.InvariantCulture, out int edits) ? edits : 60;

    private static readonly string[] _sources =
    [
        .. ModelUsageAnalyzerTests.Right.Concat<object[]>(ModelUsageAnalyzerTests.Wrong)
            .Select(static row => ModelUsageAnalyzerTests.WriteUser((string)row[0])),
        .. SourceTree.ReadSamples(),
        .. Enumerable.Range(0, 40).Select(RandomDeclaration.Write),
        .. Enumerable.Range(0, 40).Select(RandomTypedDeclaration.Write),
    ];

    // References are read once, and the models that calls are made of are generated once; each source is one more file.
    private static readonly CSharpCompilation _surroundings = GeneratorHarness.Compile(RandomDeclaration.Surroundings, ModelUsageAnalyzerTests.Models);
    private static readonly GeneratorDriver _driver = GeneratorHarness.CreateDriver().RunGenerators(_surroundings);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Batches)];

    [Fact]
    public Task A_little_half_typed_code_is_survived() => AssertBatchSurvivedAsync(batch: 0, QuickEdits);

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public Task Half_typed_code_is_survived(int batch) => AssertBatchSurvivedAsync(batch, _edits);

    [LongTheory(every: 4)]
    [InlineData("double[] row = row; _ = iris.Predict(row);")]
    [InlineData("double[] a = b; double[] b = a; _ = iris.Predict(a);")]
    [InlineData("_ = iris.Predict(new double[]);")]
    [InlineData("_ = iris.Predict(new double[,]);")]
    [InlineData("_ = iris.Predict(stackalloc double[]);")]
    [InlineData("_ = iris.Predict(stackalloc);")]
    [InlineData("var fit = fit; fit = Iris.Train(rows, labels).Model;")]
    [InlineData("_ = iris.Predict(rows.AsSpan(length: ));")]
    public async Task Statements_that_nobody_has_finished_are_survived(string statements)
    {
        string source = ModelUsageAnalyzerTests.WriteUser(statements);
        await AssertSurvivedAsync(source, source);
    }

    private static async Task AssertBatchSurvivedAsync(int batch, int edits)
    {
        for (int edit = 0; edit < edits; edit++)
        {
            int seed = (edit * Batches) + batch;
            var dice = new Dice(seed);
            string source = EditedSource.Write(dice.Pick(_sources), dice);
            await AssertSurvivedAsync(source, $"seed {seed}:\n{source}\n");
        }
    }

    private static async Task AssertSurvivedAsync(string source, string hint)
    {
        using var patience = new CancellationTokenSource(_patience);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, Settings.Default.ParseOptions, path: "Edited.cs");
        GeneratorDriver driver = _driver.RunGeneratorsAndUpdateCompilation(
            _surroundings.AddSyntaxTrees(tree), out Compilation compilation, out _, patience.Token);
        Exception? failure = driver.GetRunResult().Results.Single().Exception;
        Assert.True(failure is null, hint + failure);

        var thrown = new ConcurrentQueue<Exception>();
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => thrown.Enqueue(exception), false, false);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(AnalyzerHarness.Analyzers, options);
        ImmutableArray<Diagnostic> reports =
            await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, patience.Token);
        Assert.True(thrown.IsEmpty, hint + string.Join('\n', thrown));
        Assert.True(reports.All(static report => report.Id.StartsWith("SMG", StringComparison.Ordinal)), hint + string.Join('\n', reports));
    }
}
