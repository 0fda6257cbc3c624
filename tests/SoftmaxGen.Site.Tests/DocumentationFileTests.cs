using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SoftmaxGen.Site.Tests;

/// <summary>
/// What the editor shows of the packages, which is what their documentation files say: examples where a user starts, the order of numbers, and pages.
/// </summary>
public sealed partial class DocumentationFileTests
{
    private const string Pages = "https://github.com/softmaxgen/softmaxgen/blob/main/";

    private static readonly string _assemblies = Path.Combine(BuiltSite.Folder, "..", "assemblies");

    private static readonly Lazy<XElement[]> _members = new(static () =>
    [
        .. Directory.GetFiles(_assemblies, "SoftmaxGen*.xml").SelectMany(static path => XDocument.Load(path).Descendants("member")),
    ]);

    /// <summary>Gets where a user starts: types, and members by their names. What is generated inherits from the interfaces, and from ModelFile.</summary>
    public static TheoryData<string> Starts =>
    [
        "T:SoftmaxGen.SoftmaxModelAttribute",
        "T:SoftmaxGen.SoftmaxModelAttribute`1",
        "T:SoftmaxGen.SoftmaxModelAttribute`2",
        "M:SoftmaxGen.ISoftmaxModel`2.Train",
        "M:SoftmaxGen.ISoftmaxPredictor`1.Predict",
        "M:SoftmaxGen.ISoftmaxPredictor`1.PredictProbabilities",
        "M:SoftmaxGen.EvaluationExtensions.Evaluate``2",
        "M:SoftmaxGen.ModelFile.Save``2",
        "M:SoftmaxGen.ModelFile.Load``2",
        "M:SoftmaxGen.SoftmaxTrainer.Train``2",
        "T:SoftmaxGen.TrainingOptions",
        "T:SoftmaxGen.TrainingResult`1",
        "T:SoftmaxGen.TrainingSet`2",
        "T:SoftmaxGen.TrainingSetBuilder`2",
        "T:SoftmaxGen.Evaluation",
        "T:SoftmaxGen.CrossValidation",
        "T:SoftmaxGen.L2Path",
        "T:SoftmaxGen.CostMatrix",
        "T:SoftmaxGen.ThresholdCurve",
        "T:SoftmaxGen.TemperatureScaling",
        "T:SoftmaxGen.OnlineLearner`2",
        "T:SoftmaxGen.ModelHandle`1",
        "T:SoftmaxGen.ModelShape",
        "T:SoftmaxGen.ReferenceExplanations",
        "T:SoftmaxGen.SklearnImport",
        "T:SoftmaxGen.SourceExport",
        "T:SoftmaxGen.Compiler.ModelCompiler",
        "T:SoftmaxGen.Data.DataFile",
        "T:SoftmaxGen.Extensions.Hosting.ServedModel`1",
        "T:Microsoft.Extensions.DependencyInjection.SoftmaxModelServiceCollectionExtensions",
        "T:SoftmaxGen.ML.SoftmaxMapping`2",
        "M:SoftmaxGen.ML.MaximumEntropyImport.ToSoftmaxModel``2",
        "T:SoftmaxGen.Mpi.MpiProcessGroup",
        "T:SoftmaxGen.Onnx.OnnxExport",
        "T:SoftmaxGen.Onnx.OnnxImport",
        "T:SoftmaxGen.Reports.ModelReport",
    ];

    /// <summary>Gets the types that have a page of the documentation, with that page.</summary>
    public static TheoryData<string, string> TypesWithPages => new()
    {
        { "T:SoftmaxGen.TrainingOptions", "docs/training.md" },
        { "T:SoftmaxGen.TrainingResult`1", "docs/training.md" },
        { "T:SoftmaxGen.Evaluation", "docs/evaluation.md" },
        { "T:SoftmaxGen.L2Path", "docs/evaluation.md" },
        { "T:SoftmaxGen.CostMatrix", "docs/decisions.md" },
        { "T:SoftmaxGen.TemperatureScaling", "docs/calibration.md" },
        { "T:SoftmaxGen.OnlineLearner`2", "docs/online.md" },
        { "T:SoftmaxGen.ModelFile", "docs/model-files.md" },
        { "T:SoftmaxGen.ISoftmaxPredictor`1", "docs/prediction.md" },
        { "T:SoftmaxGen.SoftmaxModelAttribute`2", "docs/rows.md" },
        { "T:SoftmaxGen.SourceExport", "docs/games-and-embedded.md" },
        { "T:SoftmaxGen.Compiler.ModelCompiler", "docs/cli.md" },
        { "T:SoftmaxGen.Extensions.Hosting.ServedModel`1", "docs/serving.md" },
        { "T:SoftmaxGen.Mpi.MpiProcessGroup", "docs/scale.md" },
        { "T:SoftmaxGen.Onnx.OnnxExport", "docs/onnx.md" },
        { "T:SoftmaxGen.Reports.ModelReport", "docs/reports.md" },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void Where_a_user_starts_there_is_an_example(string name) => Assert.Contains(
        _members.Value, member => Name(member) == name && member.Element("example")?.Element("code") is { } code && code.Value.Trim().Length > 10);

    [Theory]
    [MemberData(nameof(TypesWithPages))]
    public void A_type_leads_to_its_page(string name, string page) =>
        Assert.Contains(Addresses(_members.Value.Single(member => Name(member) == name)), address => address.Split('#')[0] == Pages + page);

    [Fact]
    public void The_pages_that_are_named_exist()
    {
        string[] addresses = [.. _members.Value.SelectMany(Addresses).Where(static address => address.StartsWith(Pages, StringComparison.Ordinal)).Distinct()];

        Assert.True(addresses.Length > 15);
        Assert.All(addresses, static address =>
        {
            string[] parts = address[Pages.Length..].Split('#');
            string page = File.ReadAllText(Path.Combine(BuiltSite.Repository, parts[0]));
            IEnumerable<string> anchors = Heading().Matches(page).Select(static heading => Anchor(heading.Groups["title"].Value));
            Assert.True(parts.Length == 1 || anchors.Contains(parts[1], StringComparer.OrdinalIgnoreCase), address);
        });
    }

    /// <summary>Numbers of classes come in an order, which every member that users see says.</summary>
    [Fact]
    public void Whoever_gives_or_takes_probabilities_says_their_order()
    {
        HashSet<string> visible =
        [
            .. Directory.GetFiles(_assemblies, "SoftmaxGen*.xml")
                .SelectMany(static path => Assembly.LoadFrom(Path.ChangeExtension(path, ".dll")).GetExportedTypes())
                .Where(static type => type.Namespace is not ("SoftmaxGen.CompilerServices" or "SoftmaxGen.Numerics"))
                .Select(static type => type.FullName!.Replace('+', '.')),
        ];
        XElement[] parameters =
        [
            .. _members.Value
                .Where(member => Name(member).StartsWith("M:", StringComparison.Ordinal) && visible.Contains(Name(member)[2..Name(member).LastIndexOf('.')]))
                .SelectMany(static member => member.Elements("param"))
                .Where(static parameter => (string?)parameter.Attribute("name") == "probabilities"),
        ];

        Assert.True(parameters.Length >= 8);
        Assert.All(parameters, static parameter => Assert.Contains("order", parameter.Value, StringComparison.Ordinal));
    }

    // Without parameters.
    private static string Name(XElement member) => ((string)member.Attribute("name")!).Split('(')[0];

    private static IEnumerable<string> Addresses(XElement member) =>
        member.Descendants("see").Select(static see => (string?)see.Attribute("href")).OfType<string>();

    private static string Anchor(string title) => NotOfAnchor().Replace(title, "").Trim().Replace(' ', '-');

    [GeneratedRegex("^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchor();
}
