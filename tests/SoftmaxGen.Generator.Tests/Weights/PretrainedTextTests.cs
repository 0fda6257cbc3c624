using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Reading.Weights;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Weights;

/// <summary>The generated file of a model with baked weights.</summary>
public class PretrainedTextTests
{
    private const string Names =
        "ClassNames = new[] { \"a\\n*/ } class X { /*\", \"b\\u2028<&>\" }, FeatureNames = new[] { \"\\u0085\\ud83d\\ude00\", \"\\\"x\\\"\" }";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hostile_names_compile_under_the_strictest_settings(bool isSingle)
    {
        string precision = isSingle ? "Precision = SoftmaxGen.SoftmaxPrecision.Single, " : "";
        string source = $$"""
            namespace Outer;
            /// <summary>Outer.</summary>
            /// <typeparam name="T">Any.</typeparam>
            public partial class Pretrained<T>
            {
                /// <summary>A model.</summary>
                [SoftmaxGen.SoftmaxModel(Classes = 2, Features = 2, {{precision}}{{Names}}, Weights = "model.softmax.json")]
                public sealed partial class Model;

                /// <summary>Its weights.</summary>
                public static Model It => Model.Pretrained;
            }
            """;
        TextFile file = WeightsFiles.File(WeightsFiles.Text
            .Replace("\"double\"", isSingle ? "\"single\"" : "\"double\"", StringComparison.Ordinal)
            .Replace("\"none\"", """
                "none", "classNames": ["a\n*/ } class X { /*", "b\u2028<&>"], "featureNames": ["\u0085\ud83d\ude00", "\"x\""],
                "training": {"solver": "</remarks>\n}", "rows": 5}
                """, StringComparison.Ordinal));

        GeneratorHarness.AssertClean(WeightsFiles.CompileWithModels(Settings.Strict, source, file));
    }

    [Fact]
    public void The_summary_is_the_model_card()
    {
        TextFile file = WeightsFiles.File("\"none\"", "\"none\", \"training\": {\"date\": \"2026-01-31\", \"rows\": 150, \"objective\": 0.25, \"l2\": 0.1, \"solver\": \"Lbfgs\", \"stopReason\": \"Converged\"}");
        Compilation compilation = WeightsFiles.CompileWithModels(Settings.Strict, "/// <summary>A model.</summary>\n" + WeightsFiles.Model, file);

        string card = compilation.GetTypeByMetadataName("Model")!.GetMembers("Pretrained").Single().GetDocumentationCommentXml()!;

        Assert.Contains("<c>model.softmax.json</c>", card, StringComparison.Ordinal);
        Assert.Contains("2 classes x 2 features, double", card, StringComparison.Ordinal);
        Assert.Contains("rows: 150; objective: 0.25; L2: 0.1; solver: Lbfgs; stopped: Converged; date: 2026-01-31.", card, StringComparison.Ordinal);
    }

    [Fact]
    public void The_moments_of_the_training_rows_are_constants_where_the_file_has_them()
    {
        TextFile file = WeightsFiles.File("\"none\"", "\"none\", \"training\": {\"featureMeans\": [1.5, -0.0], \"featureDeviations\": [0, 3e-7]}");

        GeneratorHarness.AssertClean(WeightsFiles.CompileWithModels(
            Settings.Strict, "/// <summary>A model.</summary>\n" + WeightsFiles.Model, file));

        string text = WeightsFiles.Pretrained(WeightsFiles.Model, file)!;
        Assert.Contains("FromWeights(Weights, new global::SoftmaxGen.FeatureMoments(Means, Deviations))", text, StringComparison.Ordinal);
        Assert.Contains("1.5, -0.0,", text, StringComparison.Ordinal);
        Assert.Contains("0.0, 3E-07,", text, StringComparison.Ordinal);
        Assert.Contains("FromWeights(Weights, null)", WeightsFiles.Pretrained(WeightsFiles.Model, WeightsFiles.File())!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_does_not_depend_on_the_culture()
    {
        string expected = WeightsFiles.Pretrained(WeightsFiles.Model, WeightsFiles.File())!;
        using CultureScope scope = new(CultureScope.Hostile());

        Assert.Equal(expected, WeightsFiles.Pretrained(WeightsFiles.Model, WeightsFiles.File()));
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void The_parsers_of_both_hosts_agree(object boxed)
    {
        Precision precision = (Precision)boxed;
        Random random = new(4);
        string[] edges = ["0", "-0", "-0.0e5", "5e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1e309", "3.4028236e38", "1.4e-45",
            "9007199254740993", "16777217"];
        IEnumerable<string> numbers = Enumerable.Range(0, 500)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()))
            .Where(double.IsFinite)
            .Select(static value => value.ToString("R", CultureInfo.InvariantCulture));

        Assert.All(edges.Concat(numbers), number => Assert.Equal(
            BitConverter.DoubleToInt64Bits(RealNumber.ParseAsLiteral(number, precision)), BitConverter.DoubleToInt64Bits(RealNumber.Parse(number, precision))));
    }
}
