using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>What an edit of an enum or a row type, in files of their own, makes the pipeline do again.</summary>
public class TypedIncrementalityTests
{
    private static readonly string[] _sources =
    [
        "namespace Demo; [SoftmaxGen.SoftmaxModel<Species, Flower>] public sealed partial class Iris;",
        "namespace Demo; public enum Species { Setosa, Versicolor, Virginica }",
        "namespace Demo; public record struct Flower(double Length, double Width, [SoftmaxGen.Label] Species Species) { public double Area() => Length * Width; }",
    ];

    [Theory]
    [InlineData(0, "public sealed", "// A comment.\npublic sealed")]
    [InlineData(0, "class Iris;", "class Iris { public string Name => \"iris\"; }")]
    [InlineData(1, "{ Setosa,", "{ /* A comment. */ Setosa = 0,")]
    [InlineData(1, "Setosa, Versicolor, Virginica", "Virginica = 2, Versicolor = 1, Setosa = 0")]
    [InlineData(1, "namespace Demo;", "namespace Demo; public enum Other { A }")]
    [InlineData(2, "Length * Width", "Width * Length")]
    [InlineData(2, "double Length, double", "float Length, int")]
    [InlineData(2, "{ public", "{ private double _x; public static double Zero => 0; public")]
    public void An_edit_that_leaves_the_types_as_they_are_runs_nothing_again(int fileIndex, string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(fileIndex, old, replacement);

        AssertSteps(result, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
    }

    [Theory]
    [InlineData(0, "Flower>]", "Flower>(MissingValues = SoftmaxGen.MissingValues.Propagate)]")]
    [InlineData(0, ", Flower>]", ">(Features = 2)]")]
    [InlineData(1, "Virginica", "Virginica, Other")]
    [InlineData(1, "Versicolor, Virginica", "Virginica, Versicolor")]
    [InlineData(1, "Setosa,", "Setosa = 1,")]
    [InlineData(1, "Setosa,", "Hispanica,")]
    [InlineData(1, "enum Species", "enum Species : byte")]
    [InlineData(2, "double Length, double Width", "double Width, double Length")]
    [InlineData(2, "double Width,", "double Width, bool Wild,")]
    [InlineData(2, "double Width", "bool Width")]
    [InlineData(2, "[SoftmaxGen.Label]", "[SoftmaxGen.Feature(Ignore = true)]")]
    [InlineData(2, "Species Species", "int Species")]
    [InlineData(2, "double Width", "[SoftmaxGen.Feature(Order = 1)] double Width")]
    [InlineData(2, "record struct", "record")]
    public void An_edit_of_the_types_regenerates_the_model(int fileIndex, string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(fileIndex, old, replacement);

        AssertSteps(result, IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void No_step_hands_on_objects_of_the_compiler()
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(_sources));

        object[] outputs = [.. result.TrackedSteps[TrackingNames.Plans].SelectMany(static run => run.Outputs).Select(static output => output.Value)];

        Assert.Single(outputs);
        Assert.DoesNotContain(
            ObjectGraph.Reachable(outputs),
            static value => value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location or AttributeData);
    }

    [Fact]
    public void The_order_of_classes_and_of_features_is_in_the_fingerprint()
    {
        string original = Fingerprint(_sources);

        string[] others =
        [
            Fingerprint(_sources[0], _sources[1].Replace("Setosa, Versicolor", "Versicolor, Setosa", StringComparison.Ordinal), _sources[2]),
            Fingerprint(_sources[0], _sources[1].Replace("Setosa", "Setosa = 1", StringComparison.Ordinal), _sources[2]),
            Fingerprint(_sources[0], _sources[1].Replace("Setosa", "Hispanica", StringComparison.Ordinal), _sources[2]),
            Fingerprint(_sources[0], _sources[1], _sources[2].Replace("double Length, double Width", "double Width, double Length", StringComparison.Ordinal)),
            Fingerprint(
                _sources[0], _sources[1], _sources[2].Replace("double Width", "[SoftmaxGen.Feature(Order = 0)] double Width", StringComparison.Ordinal)),
        ];

        Assert.DoesNotContain(original, others);
        Assert.Equal(original, Fingerprint([.. _sources.Select(static source => source.Replace("Flower", "Plant", StringComparison.Ordinal))]));
    }

    private static string Fingerprint(params string[] sources)
    {
        string text = GeneratorHarness.Generate(sources).First().SourceText.ToString();
        return text.Split("Fingerprint = \"")[1].Split('"')[0];
    }

    private static GeneratorRunResult RunTwice(int fileIndex, string old, string replacement)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(_sources);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees[fileIndex];
        string edited = _sources[fileIndex].Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(_sources[fileIndex], edited);
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited)))).GetRunResult().Results.Single();
    }

    private static void AssertSteps(GeneratorRunResult result, params IncrementalStepRunReason[] allowed)
    {
        Assert.Contains(Assert.Single(Reasons(result, TrackingNames.Models)), allowed);
        Assert.Contains(Assert.Single(Reasons(result, TrackingNames.Plans)), allowed);
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Reason)];
}
