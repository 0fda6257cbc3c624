using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Compiler;
using SoftmaxGen.Data;
using SoftmaxGen.Extensions.Hosting;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Mpi;
using SoftmaxGen.Onnx;
using SoftmaxGen.Reports;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>
/// The C# in the pages of <c>docs</c> and of the packages compiles. The statements of a page are one program, in their order; the declarations are files of
/// their own, beside what pages take for granted: a model, rows and labels. Where a block of text follows a block of statements, the program runs, and that is
/// what the block writes.
/// </summary>
public partial class DocumentationTests
{
    private const string Usings = """
        global using System;
        global using System.IO;
        global using System.Linq;
        global using System.Collections.Generic;
        global using SoftmaxGen;
        global using static Given;
        """;

    // Begins the output of each block of statements.
    private const string Mark = "\u0001";

    // The names that pages use without declaring them: of Fisher's irises every other one to train on, and the rest to evaluate on.
    private const string Given = """
        internal static class Given
        {
            private static readonly string[][] _irises = [.. File.ReadLines(GivenPath.OfIrises).Skip(1).Select(line => line.Split(','))];
            public static readonly double[] rows = Features(0), heldOutRows = Features(1), row = rows[..4];
            public static readonly Species[] species = [.. Half(0).Select(fields => Enum.Parse<Species>(fields[4], ignoreCase: true))];
            public static readonly int[] labels = [.. species.Select(one => (int)one)];
            public static readonly int[] heldOutLabels = [.. Half(1).Select(fields => (int)Enum.Parse<Species>(fields[4], ignoreCase: true))];
            public static readonly Flower[] flowers = [.. rows.Chunk(4).Select((x, i) => new Flower(x[0], x[1], x[2], x[3], species[i]))];
            public static IrisModel model => GivenModel.OfIrises(rows, labels);
            public static FlowerModel flowerModel => FlowerModel.Train(flowers).Model;

            private static IEnumerable<string[]> Half(int first) => _irises.Where((_, i) => i % 2 == first);

            private static double[] Features(int first) =>
                [.. Half(first).SelectMany(fields => fields[..4].Select(x => double.Parse(x, System.Globalization.CultureInfo.InvariantCulture)))];
        }

        [SoftmaxModel(Classes = 4, Features = 5)]
        internal sealed partial class ChurnModel;

        [SoftmaxModel<Species, Flower>]
        internal sealed partial class FlowerModel;
        """;

    private const string GivenIris = """
        [SoftmaxModel(Classes = 3, Features = 4)]
        public sealed partial class IrisModel;

        internal static class GivenModel
        {
            public static IrisModel OfIrises(double[] rows, int[] labels) => IrisModel.Train(rows, labels).Model;
        }
        """;

    // A page that declares the model itself is compiled, not run.
    private const string NoGivenIris = """
        internal static class GivenModel
        {
            public static IrisModel OfIrises(double[] rows, int[] labels) => throw new NotSupportedException();
        }
        """;

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

    // The blocks that are not tried here, and by whom they are.
    private static readonly Dictionary<string, string> _triedElsewhere = new()
    {
        ["docs/coming-from-mlnet.md"] = "ComparisonPageTests and the tests of SoftmaxGen.ML: they are pieces of programs that are run",
        ["docs/games-and-embedded.md"] = "below, with the class that the page writes",
        ["docs/getting-started.md"] = "NewUserTests, which build the service and ask it",
        ["docs/kernels.md"] = "ReadmeTests: it is generated",
    };

    private static readonly MetadataReference[] _aspNetCore =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!, "Microsoft.*.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static TheoryData<string> Pages => [.. PagesWith(static _ => true)];

    public static TheoryData<string> RunningPages => [.. PagesWith(static block => block.Output is not null)];

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_samples_of_a_page_compile(string page) => GeneratorHarness.AssertClean(Compile([.. Blocks(page)]));

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [MemberData(nameof(RunningPages))]
    public void The_samples_of_a_page_write_what_it_shows(string page)
    {
        Block[] blocks = [.. Blocks(page)];
        Block[] statements = [.. blocks.Where(static block => !block.IsDeclaration)];
        using var program = new LoadedAssembly(Compile(blocks));

        string[] outputs = ConsoleProgram.Run(program).Split(Mark)[1..];

        Assert.Equal(statements.Length, outputs.Length);
        Assert.Equal(statements.Zip(outputs, static (block, output) => block.Output ?? output), outputs);
    }

    [Fact]
    public void Most_pages_have_samples() => Assert.True(Pages.Count >= 8);

    /// <summary>The pages that tell what training, evaluation and learning from streams can do, and how labels, names and files come in, run.</summary>
    [Fact]
    public void The_pages_of_what_can_be_done_show_what_their_samples_write()
    {
        string[] pages =
        [
            "training", "evaluation", "decisions", "calibration", "separation", "online", "prediction", "typed-models", "data-files", "onnx", "reports",
            "getting-started",
        ];

        Assert.Empty(pages.Select(static page => $"docs/{page}.md").Except(PagesWith(static block => block.Output is not null)));
    }

    [Fact]
    public void Every_block_of_code_is_tried() => Assert.Equal(
        _triedElsewhere.Keys.Order(StringComparer.Ordinal),
        AllPages.Where(
            static page =>
                Fence().Matches(Text(page)).Any(static fence => fence.Groups["language"].Value is not ("csharp" or "text" or "python" or "xml" or ""))));

    // But for the head of a file of rows, and the tree of the repository.
    [Fact]
    public void Every_output_follows_the_code_that_writes_it() => Assert.Equal(
        ["docs/architecture.md", "docs/getting-started.md"],
        AllPages.Where(static page => Text(page).Split("```text\n").Length - 1 != Blocks(page).Count(static block => block.Output is not null)));

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_script_for_Unity_compiles_with_the_class_that_its_page_writes()
    {
        const string Page = "docs/games-and-embedded.md", Engine = "namespace UnityEngine { public abstract class MonoBehaviour { } }";
        string script = UnityBlock().Match(Text(Page)).Groups["code"].Value;
        using var program = new LoadedAssembly(Compile([.. Blocks(Page)]));
        ConsoleProgram.Run(program);

        Compilation unity = GeneratorHarness.Compile(Settings.Default, File.ReadAllText("MoodNet.cs"), Engine, script);

        Assert.Empty(unity.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Error));
        Assert.Contains(unity.GetSymbolsWithName("Brain"), static _ => true);
    }

    [Fact]
    public void The_page_on_training_explains_every_option()
    {
        string[] headings = [.. Text("docs/training.md").Split('\n').Where(static line => line.StartsWith("### ", StringComparison.Ordinal))];

        Assert.All(
            typeof(TrainingOptions).GetProperties().Select(static option => $"`{option.Name}`"),
            option => Assert.Contains(headings, heading => heading.Contains(option, StringComparison.Ordinal)));
    }

    private static Compilation Compile(Block[] blocks)
    {
        string[] declarations = [.. blocks.Where(static block => block.IsDeclaration).Select(static block => block.Code)];
        string[] statements = [.. blocks.Where(static block => !block.IsDeclaration).Select(static block => SampleData.Place(block.Code))];
        string[] usings = [.. statements.SelectMany(static code => LeadingUsings().Match(code).Value.Split('\n')).Distinct()];
        string mark = blocks.Any(static block => block.Output is not null) ? $"Console.Write(\"{Mark}\");\n" : "";
        string program = string.Join('\n', usings) + string.Concat(statements.Select(code => LeadingUsings().Replace(code, mark, 1)));
        string declared = string.Concat(declarations);
        string[] given =
        [
            Usings,
            Given,
            $"internal static class GivenPath {{ public const string OfIrises = {SymbolDisplay.FormatLiteral(SampleData.Irises, quote: true)}; }}",
            Declares(declared, "IrisModel") ? NoGivenIris : GivenIris,
            Declares(declared, "Flower") ? "" : GivenFlowers,
        ];
        return Compile([program, .. declarations, .. given], hasProgram: statements.Length > 0);
    }

    private static Compilation Compile(string[] sources, bool hasProgram)
    {
        CSharpCompilation user = GeneratorHarness.Compile(Settings.Default, sources)
            .AddReferences(MetadataReference.CreateFromFile(typeof(ModelCompiler).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(OnnxExport).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(DataFile).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(MpiProcessGroup).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(ModelReport).Assembly.Location))
            .AddReferences(MetadataReference.CreateFromFile(typeof(ServedModel<>).Assembly.Location))
            .AddReferences(_aspNetCore)
            .WithOptions(Settings.Default.CompilationOptions
                .WithOutputKind(hasProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)

                // As the SDK has it: a package may be built against an older release of what the framework brings.
                .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress)]));
        GeneratorHarness.CreateDriver()
            .AddAdditionalTexts([new TextFile("/project/iris.softmax.json", Weights)])
            .RunGeneratorsAndUpdateCompilation(user, out Compilation compilation, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return compilation;
    }

    // The pages of the documentation and of the packages, but for that of SoftmaxGen itself, which ReadmeTests try.
    private static IEnumerable<string> AllPages => Directory
        .GetFiles(Path.Combine(SourceTree.Root, "docs"), "*.md")
        .Concat(Directory.GetDirectories(Path.Combine(SourceTree.Root, "src")).Select(static folder => Path.Combine(folder, "README.md")).Where(File.Exists))
        .Select(static path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> PagesWith(Func<Block, bool> matches) => AllPages.Where(page => Blocks(page).Any(matches));

    private static string Text(string page) => File.ReadAllText(Path.Combine(SourceTree.Root, page)).ReplaceLineEndings("\n");

    private static IEnumerable<Block> Blocks(string page) => CSharpBlock()
        .Matches(Text(page))
        .Select(static match => new Block(match.Groups["code"].Value, match.Groups["output"] is { Success: true } output ? output.Value : null));

    private static bool Declares(string code, string type) => Regex.IsMatch(code, $@"(class|struct|record) {type}\b");

    // Directives come before all statements.
    [GeneratedRegex(@"\A(using [\w.]+;\n+)*")]
    private static partial Regex LeadingUsings();

    [GeneratedRegex("^ *```(?<language>[^\n]*)\n.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("```cs\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex UnityBlock();

    [GeneratedRegex("```csharp\n(?<code>.*?)```(\n\n```text\n(?<output>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    /// <summary>A block of C#.</summary>
    /// <param name="Code">The code.</param>
    /// <param name="Output">What it writes, if the page shows that.</param>
    private sealed record Block(string Code, string? Output)
    {
        public bool IsDeclaration => Code.Contains("partial class", StringComparison.Ordinal);
    }
}
