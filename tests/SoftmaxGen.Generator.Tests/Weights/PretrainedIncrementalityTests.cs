using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Weights;

/// <summary>What an edit makes the generator write again when weights are baked in.</summary>
public class PretrainedIncrementalityTests
{
    private const string Two = WeightsFiles.Model + """ [SoftmaxGen.SoftmaxModel(Classes = 2, Features = 2, Weights = "other.json")] public partial class Other;""";

    private static readonly TextFile _weights = WeightsFiles.File();
    private static readonly TextFile _otherWeights = new("other.json", WeightsFiles.Text);
    private static readonly TextFile _notes = new("/project/notes.json", "{}");

    [Fact]
    public void A_digit_in_a_weights_file_changes_one_generated_file()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Two);
        GeneratorDriver before = Run(compilation);

        GeneratorDriver after = before.ReplaceAdditionalText(_weights, WeightsFiles.File("3e-2", "4e-2")).RunGenerators(compilation);

        AssertRan(Result(after), [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached]);
        ImmutableArray<GeneratedSourceResult> old = Result(before).GeneratedSources;
        ImmutableArray<GeneratedSourceResult> renewed = Result(after).GeneratedSources;
        Assert.Equal(12, renewed.Length);
        Assert.Equal(["Model.Pretrained.g.cs"],
            renewed.Zip(old).Where(static pair => !pair.First.SourceText.ContentEquals(pair.Second.SourceText)).Select(static pair => pair.First.HintName));
    }

    [Fact]
    public void A_weight_that_makes_zeros_worth_skipping_changes_one_generated_file()
    {
        const string model = """[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, Weights = "model.softmax.json")] public partial class Model;""";
        CSharpCompilation compilation = GeneratorHarness.Compile(model);
        TextFile dense = File("2");
        GeneratorDriver before = GeneratorHarness.CreateDriver().AddAdditionalTexts([dense]).RunGenerators(compilation);

        GeneratorDriver after = before.ReplaceAdditionalText(dense, File("0")).RunGenerators(compilation);

        ImmutableArray<GeneratedSourceResult> old = Result(before).GeneratedSources;
        ImmutableArray<GeneratedSourceResult> renewed = Result(after).GeneratedSources;
        Assert.Equal(old.Select(static file => file.HintName), renewed.Select(static file => file.HintName));
        Assert.Equal(["Model.Pretrained.g.cs"],
            renewed.Zip(old).Where(static pair => !pair.First.SourceText.ContentEquals(pair.Second.SourceText)).Select(static pair => pair.First.HintName));
        Assert.DoesNotContain("SoftmaxKernels", Text(old), StringComparison.Ordinal);
        Assert.Contains("SoftmaxKernels", Text(renewed), StringComparison.Ordinal);

        static string Text(ImmutableArray<GeneratedSourceResult> files) =>
            files.Single(static file => file.HintName == "Model.Pretrained.g.cs").SourceText.ToString();

        static TextFile File(string weight) => WeightsFiles.File($$"""
            {
              "format": "softmaxgen-model", "version": 1, "classes": 3, "features": 4, "precision": "double", "firstLabel": 0,
              "weights": [[1, 2, {{weight}}, 3, 0], [1, 2, {{weight}}, 3, 0], [1, 2, {{weight}}, 3, 0]], "checksum": "none"
            }
            """);
    }

    [Theory]
    [InlineData("0.5, -1.25", "-0.0, -1.25", "0.0, -1.25")]
    public void The_sign_of_zero_is_a_change(string replaced, string old, string renewed)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(WeightsFiles.Model);
        TextFile first = WeightsFiles.File(replaced, old);
        GeneratorDriver before = GeneratorHarness.CreateDriver().AddAdditionalTexts([first]).RunGenerators(compilation);

        GeneratorDriver after = before.ReplaceAdditionalText(first, WeightsFiles.File(replaced, renewed)).RunGenerators(compilation);

        AssertRan(Result(after), [IncrementalStepRunReason.Modified]);
    }

    [Fact]
    public void An_edit_that_leaves_the_weights_as_they_are_prints_nothing_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Two);
        GeneratorDriver before = Run(compilation);

        GeneratorDriver after = before.ReplaceAdditionalText(_weights, WeightsFiles.File("3e-2", "0.030")).RunGenerators(compilation);

        AssertRan(Result(after), [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached]);
        AssertPrintedNothing(Result(after));
    }

    [Fact]
    public void An_edit_of_another_additional_file_reads_nothing_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Two);
        GeneratorDriver before = Run(compilation);

        GeneratorDriver after = before.ReplaceAdditionalText(_notes, new TextFile("/project/notes.json", "[]")).RunGenerators(compilation);

        AssertRan(Result(after), [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached]);
        AssertPrintedNothing(Result(after));
    }

    [Fact]
    public void An_edit_of_the_source_that_does_not_bear_on_the_model_reads_nothing_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Two);
        GeneratorDriver before = Run(compilation);

        GeneratorDriver after = before.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", Settings.Default.ParseOptions)));

        AssertRan(Result(after), [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached]);
        AssertPrintedNothing(Result(after));
    }

    [Fact]
    public void A_model_without_weights_reads_no_file()
    {
        GeneratorDriver driver = GeneratorHarness.CreateDriver().AddAdditionalTexts([_weights]).RunGenerators(GeneratorHarness.Compile(Sources.Iris));

        Assert.False(Result(driver).TrackedSteps.ContainsKey(TrackingNames.WeightsFiles));
        Assert.Equal(5, Result(driver).GeneratedSources.Length);
    }

    [Fact]
    public void The_steps_hand_on_nothing_of_the_compiler()
    {
        GeneratorRunResult result = Result(Run(GeneratorHarness.Compile(Two)));

        object[] outputs =
        [
            .. result.TrackedSteps[TrackingNames.WeightsFiles].Concat(result.TrackedSteps[TrackingNames.Pretrained])
                .SelectMany(static run => run.Outputs)
                .Select(static output => output.Value),
        ];

        Assert.Equal(4, outputs.Length);
        Assert.DoesNotContain(ObjectGraph.Reachable(outputs), static value =>
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or AdditionalText or Microsoft.CodeAnalysis.Text.SourceText);
    }

    private static GeneratorDriver Run(Compilation compilation) =>
        GeneratorHarness.CreateDriver().AddAdditionalTexts([_weights, _otherWeights, _notes]).RunGenerators(compilation);

    private static GeneratorRunResult Result(GeneratorDriver driver) => driver.GetRunResult().Results.Single();

    private static void AssertRan(GeneratorRunResult result, IncrementalStepRunReason[] files)
    {
        Assert.Equal(files, result.TrackedSteps[TrackingNames.WeightsFiles].SelectMany(static run => run.Outputs).Select(static output => output.Reason));
        Assert.All(result.TrackedSteps[TrackingNames.Plans].SelectMany(static run => run.Outputs), static output =>
            Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static void AssertPrintedNothing(GeneratorRunResult result) => Assert.All(
        result.TrackedOutputSteps.Values.SelectMany(static runs => runs).SelectMany(static run => run.Outputs),
        static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
}
