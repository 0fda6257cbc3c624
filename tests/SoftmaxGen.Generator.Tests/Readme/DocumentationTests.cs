using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Onnx;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>
/// The C# in the pages of <c>docs</c> compiles. The statements of a page are one program, in their order; the declarations are files of their own, beside what
/// pages take for granted: a model, rows and labels.
/// </summary>
public partial class DocumentationTests
{
    private const string Usings = """
        global using System;
        global using System.IO;
        global using SoftmaxGen;
        global using static Given;
        """;

    // The names that pages use without declaring them.
    private const string Given = """
        internal static class Given
        {
            public static readonly double[] rows = [], heldOutRows = [], row = [];
            public static readonly int[] labels = [], heldOutLabels = [];
            public static readonly IrisModel model = IrisModel.FromWeights(rows);
            public static readonly Flower[] flowers = [];
            public static readonly Species[] species = [];
            public static readonly FlowerModel flowerModel = FlowerModel.FromWeights(rows);
        }

        [SoftmaxModel(Classes = 4, Features = 5)]
        internal sealed partial class ChurnModel;

        [SoftmaxModel<Species, Flower>]
        internal sealed partial class FlowerModel;
        """;

    private const string GivenIris = "[SoftmaxModel(Classes = 3, Features = 4)] public sealed partial class IrisModel;";

    private const string GivenFlowers = """
        public enum Species { Setosa, Versicolor, Virginica }

        public readonly record struct Flower(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth, [Label] Species Species);
        """;

    private const string Weights = """
        {
          "format": "softmaxgen-model",
          "version": 1,
          "classes": 3,
          "features": 4,
          "precision": "double",
          "firstLabel": 0,
          "weights": [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]],
          "checksum": "none"
        }
        """;

    private static readonly string _folder = Path.Combine(SourceTree.Project, "..", "..", "docs");

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(_folder, "*.md").Where(static path => Blocks(path).Any()).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_samples_of_a_page_compile(string page)
    {
        ILookup<bool, string> blocks = Blocks(Path.Combine(_folder, page)).ToLookup(IsDeclaration);
        string declarations = string.Concat(blocks[true]);
        string[] given =
        [
            Usings,
            Given,
            Declares(declarations, "IrisModel") ? "" : GivenIris,
            Declares(declarations, "Flower") ? "" : GivenFlowers,
        ];

        GeneratorHarness.AssertClean(Compile([string.Concat(blocks[false]), .. blocks[true], .. given], hasProgram: blocks[false].Any()));
    }

    [Fact]
    public void Most_pages_have_samples() => Assert.True(Pages.Count >= 8);

    private static Compilation Compile(string[] sources, bool hasProgram)
    {
        CSharpCompilation user = GeneratorHarness.Compile(Settings.Default, sources)
            .AddReferences(MetadataReference.CreateFromFile(typeof(OnnxExport).Assembly.Location))
            .WithOptions(Settings.Default.CompilationOptions.WithOutputKind(hasProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        GeneratorHarness.CreateDriver()
            .AddAdditionalTexts([new TextFile("/project/iris.softmax.json", Weights)])
            .RunGeneratorsAndUpdateCompilation(user, out Compilation compilation, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return compilation;
    }

    private static IEnumerable<string> Blocks(string path) => CSharpBlock().Matches(File.ReadAllText(path)).Select(static block => block.Groups["code"].Value);

    private static bool IsDeclaration(string block) => block.Contains("partial class", StringComparison.Ordinal);

    private static bool Declares(string code, string type) => Regex.IsMatch(code, $@"(class|struct) {type}\b");

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
