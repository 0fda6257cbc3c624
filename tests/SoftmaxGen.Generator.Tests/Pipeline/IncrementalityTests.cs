using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>What an edit makes the pipeline do again.</summary>
public class IncrementalityTests
{
    private const string Model = """
        namespace Demo;

        public partial class Flowers<T>
        {
            [SoftmaxGen.SoftmaxModel(Classes = Sizes.Classes, Features = 4)]
            public sealed partial class Iris;
        }
        """;

    private const string Constants = """
        namespace Demo;

        internal static class Sizes
        {
            public const int Classes = 3;
        }
        """;

    [Theory]
    [InlineData("public sealed", "// A comment.\npublic sealed")]
    [InlineData("namespace Demo;", "\n\n    namespace   Demo;")]
    [InlineData("partial class Iris;", "partial class Iris { public string Name => \"iris\"; }")]
    [InlineData("Features = 4", "Features = 2 + 2")]
    [InlineData("Classes = Sizes.Classes, Features = 4", "Features = 4, Classes = 3")]
    public void An_edit_that_leaves_the_model_as_it_is_runs_nothing_again(string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(fileIndex: 0, old, replacement);

        AssertSteps(result, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
    }

    [Theory]
    [InlineData("public const int Classes = 3;", "public const int Classes = 3; // A comment.")]
    [InlineData("public const int Classes = 3;", "public const int Classes = 3; public const int Other = 7;")]
    [InlineData("internal static class Sizes", "internal sealed class Unrelated; internal static class Sizes")]
    public void An_edit_in_another_file_that_does_not_bear_on_the_model_runs_nothing_again(string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(fileIndex: 1, old, replacement);

        AssertSteps(result, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
    }

    [Theory]
    [InlineData(0, "Features = 4", "Features = 5")]
    [InlineData(0, "Features = 4", "Features = 4, FirstLabel = 1")]
    [InlineData(0, "Features = 4", "Features = 4, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    [InlineData(0, "class Iris;", "class Wine;")]
    [InlineData(1, "Classes = 3;", "Classes = 5;")]
    public void An_edit_of_the_model_regenerates_it(int fileIndex, string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(fileIndex, old, replacement);

        AssertSteps(result, IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void An_edit_of_one_model_leaves_the_others_alone()
    {
        const string two = """
            [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial class A;
            [SoftmaxGen.SoftmaxModel(Classes = 2, Features = 9)] partial class B;
            """;
        CSharpCompilation compilation = GeneratorHarness.Compile(two);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);

        GeneratorRunResult result = RunAgain(driver, Edit(compilation, 0, "Features = 9", "Features = 8"));

        Assert.Collection(Reasons(result, TrackingNames.Models), AssertNotRun, AssertModified);
        Assert.Collection(Reasons(result, TrackingNames.Plans), AssertNotRun, AssertModified);

        static void AssertNotRun(IncrementalStepRunReason reason) =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);

        static void AssertModified(IncrementalStepRunReason reason) => Assert.Equal(IncrementalStepRunReason.Modified, reason);
    }

    private static GeneratorRunResult RunTwice(int fileIndex, string old, string replacement)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Model, Constants);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);
        return RunAgain(driver, Edit(compilation, fileIndex, old, replacement));
    }

    private static GeneratorRunResult RunAgain(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGenerators(compilation).GetRunResult().Results.Single();

    private static CSharpCompilation Edit(CSharpCompilation compilation, int fileIndex, string old, string replacement)
    {
        SyntaxTree tree = compilation.SyntaxTrees[fileIndex];
        string text = tree.ToString();
        string edited = text.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(text, edited);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited)));
    }

    private static void AssertSteps(GeneratorRunResult result, params IncrementalStepRunReason[] allowed)
    {
        Assert.Contains(Assert.Single(Reasons(result, TrackingNames.Models)), allowed);
        Assert.Contains(Assert.Single(Reasons(result, TrackingNames.Plans)), allowed);
        Assert.Contains(Assert.Single(Reasons(result.TrackedOutputSteps.Values.Single())), allowed);
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) => Reasons(result.TrackedSteps[step]);

    private static IncrementalStepRunReason[] Reasons(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        [.. runs.SelectMany(static run => run.Outputs).Select(static output => output.Reason)];
}
