using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// A model depends on more than its own file. Whatever changes elsewhere, a driver that has run before writes what a fresh one does: nothing that the
/// compiler says may outlive the compilation.
/// </summary>
public class OtherFileTests
{
    private const string Model = """
        using SoftmaxGen;

        namespace Demo;

        [SoftmaxModel(Classes = Sizes.Classes, Features = 4)]
        public sealed partial class Iris : Base;
        """;

    // Stands for {0} in what follows.
    private const string Sizes = "static class Sizes { public const int Classes = 3; }";

    private const string Plain = "namespace Demo; public class Base { } " + Sizes;

    [Theory]
    [InlineData("namespace Demo; public class Base { } static class Sizes { public const int Classes = 4; }")]
    [InlineData("namespace Demo; public class Base(int x) { public int X => x; } {0}")]
    [InlineData("namespace Demo; public class Base { public int Weights => 3; } {0}")]
    [InlineData("namespace Demo; public class Base { public required int Needed; } {0}")]
    [InlineData("namespace Demo; public class Root { protected int Weights => 3; } public class Base : Root { } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { public Iris() { } } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris(int x) { } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { public required int Needed; } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { public int Shape => 3; } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { enum Train { } } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { int __softmaxX; } {0}")]
    [InlineData("namespace Demo; public class Base { } partial class Iris { abstract void M(); } abstract partial class Iris; {0}")]
    [InlineData("namespace Demo; public class Base { } class Iris { } {0}")]
    [InlineData("namespace Demo; public class Base { } class IRIS { } {0}")]
    [InlineData("namespace DEMO { } namespace Demo { public class Base { } {0} }")]
    [InlineData("namespace Demo; public class Base { } {0} class SoftmaxModelAttribute : System.Attribute { public int Classes, Features; }")]
    [InlineData("namespace Demo; public class Base { } static class Sizes { }")]
    public void An_edit_elsewhere_does_what_it_does_to_a_fresh_driver(string edited)
    {
        CSharpCompilation before = GeneratorHarness.Compile(Model, Plain);
        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[1], GeneratorHarness.Compile(edited.Replace("{0}", Sizes, StringComparison.Ordinal)).SyntaxTrees[0]);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(before);
        string[] original = Written(driver);
        Assert.NotEmpty(original);

        driver = driver.RunGenerators(after);
        string[] edit = Written(driver);

        Assert.NotEqual(original, edit);
        Assert.Equal(Written(GeneratorHarness.CreateDriver().RunGenerators(after)), edit);
        Assert.Equal(original, Written(driver.RunGenerators(before)));
    }

    [Fact]
    public void A_reference_that_changes_is_looked_at_again()
    {
        CSharpCompilation before = GeneratorHarness.Compile(Model).AddReferences(Library("3"));
        CSharpCompilation after = before.ReplaceReference(before.References.Last(), Library("5"));

        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(before);

        Assert.NotEqual(Written(driver), Written(driver.RunGenerators(after)));

        static MetadataReference Library(string classes) => GeneratorHarness
            .Compile($"namespace Demo; public class Base {{ }} public static class Sizes {{ public const int Classes = {classes}; }}")
            .WithAssemblyName("Library")
            .ToMetadataReference();
    }

    [Fact]
    public void A_model_that_comes_or_goes_leaves_those_of_other_files_alone()
    {
        const string attribute = "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)]";
        string[] sources = [.. Enumerable.Range(0, 3).Select(static number => $"{attribute} partial class Model{number};")];
        CSharpCompilation all = GeneratorHarness.Compile(sources);
        CSharpCompilation without = all.ReplaceSyntaxTree(all.SyntaxTrees[0], GeneratorHarness.Compile("partial class Model0;").SyntaxTrees[0]);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(all);

        driver = driver.RunGenerators(without);
        AssertReasons(driver, IncrementalStepRunReason.Removed, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);

        driver = driver.RunGenerators(all);
        AssertReasons(driver, IncrementalStepRunReason.New, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);
    }

    private static void AssertReasons(GeneratorDriver driver, params IncrementalStepRunReason[] reasons) => Assert.Equal(
        reasons,
        driver.GetRunResult().Results.Single().TrackedSteps[TrackingNames.Plans].SelectMany(static run => run.Outputs).Select(static output => output.Reason));

    private static string[] Written(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(static file => $"{file.HintName}\n{file.SourceText}")];
}
