using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Tests.Fuzz;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// After an edit of bodies alone models are not read again. Whatever is edited, a driver that has seen all that was typed before generates what a fresh one
/// does.
/// </summary>
public class BodyEditTests
{
    private const string Model = "namespace Demo; [SoftmaxGen.SoftmaxModel<Species, Flower>] public sealed partial class Iris;";
    private const string Classes = "namespace Demo; public enum Species { Setosa, Versicolor }";

    private const string Row = """
        namespace Demo;

        public class Flower
        {
            public const int First = 1;
            public double Length { get; set; }
            public double Width { get => Length * 2; set => Length = value / 2; }
            [field: SoftmaxGen.Feature(Ignore = true)]
            public double Ratio { get => field; set => field = value; }
            [field: SoftmaxGen.Label]
            public Species Kind { get { return field; } }
            public double Area() => Length * Width;
        }
        """;

    // The word `field` is that of a version that this compiler calls a preview.
    private static readonly Settings _settings = new() { LanguageVersion = LanguageVersion.Preview };

    [Theory]
    [InlineData("=> Length * 2", "=> Length * 3")]
    [InlineData("Area() => Length * Width", "Area() { double area = Length; return area * Width; }")]
    [InlineData("get => field;", "get => 0;")]
    [InlineData("{ return field; }", "{ return default; }")]
    [InlineData("get => field; set => field = value;", "get => 0; set => _ = value;")]
    [InlineData("First = 1", "First = 2")]
    [InlineData("Area() => Length * Width", "Area() => 0; public double Area2 => 1")]
    [InlineData("Area() => Length * Width;", "")]
    public void An_edit_generates_what_a_fresh_driver_generates(string old, string replacement) =>
        AssertSame([Model, Classes, Row], 2, [Row.Replace(old, replacement, StringComparison.Ordinal), Row]);

    [Fact]
    public void An_edit_of_a_reference_is_seen()
    {
        CSharpCompilation library =
            CSharpCompilation.Create("Library", [CSharpSyntaxTree.ParseText(Classes)], References.All, Settings.Default.CompilationOptions);
        CSharpCompilation edited = library.ReplaceSyntaxTree(
            library.SyntaxTrees[0], CSharpSyntaxTree.ParseText(Classes.Replace("Setosa", "Hispanica", StringComparison.Ordinal)));
        CSharpCompilation user = GeneratorHarness.Compile("namespace Demo; [SoftmaxGen.SoftmaxModel<Species>(Features = 2)] public sealed partial class Iris;");
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(user.AddReferences(library.ToMetadataReference()));

        CSharpCompilation next = user.AddReferences(edited.ToMetadataReference());

        Assert.Equal(Generate(GeneratorHarness.CreateDriver(), next), Generate(driver, next));
    }

    [Theory]
    [InlineData(0, 20)]
    public void Whatever_is_typed_generates_what_a_fresh_driver_generates(int seed, int sources) => AssertTyping(seed, sources);

    [Theory]
    [InlineData(1, 150)]
    [InlineData(2, 150)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void However_much_is_typed_it_generates_what_a_fresh_driver_generates(int seed, int sources) => AssertTyping(seed, sources);

    private static void AssertTyping(int seed, int sources)
    {
        for (int source = 0; source < sources; source++)
        {
            var dice = new Dice((seed * 1000) + source);
            string[] texts = dice.Chance(0.5) ? [Model, Classes, Row] : [RandomDeclaration.Surroundings, RandomTypedDeclaration.Write(dice.Below(1000))];
            int edited = texts.Length - 1;
            AssertSame(texts, edited, Enumerable.Range(0, 4).Select(_ => dice.Chance(0.3) ? texts[edited] : EditedSource.Write(texts[edited], dice)));
        }
    }

    private static void AssertSame(string[] texts, int edited, IEnumerable<string> typed)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(_settings, texts);
        GeneratorDriver driver = GeneratorHarness.CreateDriver(_settings).RunGenerators(compilation);
        foreach (string text in typed)
        {
            SyntaxTree tree = compilation.SyntaxTrees[edited];
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
            driver = driver.RunGenerators(compilation);
            Assert.Equal(Generate(GeneratorHarness.CreateDriver(_settings), compilation), Generate(driver, compilation));
        }
    }

    private static IEnumerable<string> Generate(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGenerators(compilation).GetRunResult().Results.Single().GeneratedSources.Select(static file => $"{file.HintName}\n{file.SourceText}");
}
