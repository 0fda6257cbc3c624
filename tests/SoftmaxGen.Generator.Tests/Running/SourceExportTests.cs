using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>Models written as C#: compiled under the strictest settings, without SoftmaxGen, loaded and run.</summary>
public partial class SourceExportTests
{
    // A model takes a second to compile, and most tests want the same few.
    private static readonly Dictionary<(int Classes, int Features, int FirstLabel, string Scalar), LoadedAssembly> _models = [];

    public delegate int PredictRow<T>(ReadOnlySpan<T> features);

    public delegate void PredictRowProbabilities<T>(ReadOnlySpan<T> features, Span<T> probabilities);

    public static TheoryData<int, int, int, LanguageVersion> Shapes => new()
    {
        { 2, 1, 0, LanguageVersion.CSharp7_3 },
        { 3, 4, int.MinValue, LanguageVersion.CSharp8 },
        { 4, 8, -7, LanguageVersion.CSharp11 },
        { 26, 65, 1, LanguageVersion.CSharp13 },
    };

    [LongTheory(every: 2)]
    [MemberData(nameof(Shapes))]
    public void Predictions_in_double_are_those_of_the_textbook(int classes, int features, int firstLabel, LanguageVersion version)
    {
        double[] weights = Sample(classes * (features + 1), seed: 1);
        using LoadedAssembly assembly = Compile<double>(Source(classes, features, firstLabel, "double", weights, "Demo.Flowers.Model"), version);
        var predict = assembly.Method<PredictRow<double>>("Demo.Flowers.Model", "Predict");
        var predictProbabilities = assembly.Method<PredictRowProbabilities<double>>("Demo.Flowers.Model", "PredictProbabilities");
        double[] probabilities = new double[classes];

        foreach (double[] row in Sample(50 * features, seed: 2).Chunk(features))
        {
            double[] scores = PlainSoftmax.Scores(weights, row);
            predictProbabilities(row, probabilities);

            Assert.Equal(firstLabel + Array.IndexOf(scores, scores.Max()), predict(row));
            Assert.All(PlainSoftmax.Probabilities(scores).Zip(probabilities), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }

    [Fact]
    public void Predictions_in_float_are_those_of_the_textbook()
    {
        double[] weights = [.. Sample(4 * 18, seed: 3).Select(static weight => (double)(float)weight)];
        using LoadedAssembly assembly = Compile<float>(Source(4, 17, 0, "float", weights, "Model"), LanguageVersion.CSharp7_3);
        var predictProbabilities = assembly.Method<PredictRowProbabilities<float>>("Model", "PredictProbabilities");
        float[] probabilities = new float[4];

        foreach (double[] row in Sample(50 * 17, seed: 4).Select(static x => (double)(float)x).Chunk(17))
        {
            predictProbabilities(Array.ConvertAll(row, static x => (float)x), probabilities);

            double[] expected = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, row));
            Assert.All(expected.Zip(probabilities), static pair => Assert.Equal(pair.First, pair.Second, 6e-8 * pair.First));
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using LoadedAssembly assembly = Compile<double>(Source(3, 4, 0, "double", Sample(15, seed: 5), "Model"), LanguageVersion.CSharp13);
        var predict = assembly.Method<PredictRow<double>>("Model", "Predict");
        var predictProbabilities = assembly.Method<PredictRowProbabilities<double>>("Model", "PredictProbabilities");
        double[] row = [1, 2, 3, 4];
        double[] probabilities = new double[3];
        Run();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            predict(row);
            predictProbabilities(row, probabilities);
        }
    }

    [Fact]
    public void Scores_that_differ_by_thousands_and_rows_that_are_wrong_do_no_harm()
    {
        using LoadedAssembly assembly = Compile<double>(Source(2, 1, 0, "double", [0, -1e4, 0, 1e4], "Model"), LanguageVersion.CSharp13);
        var predict = assembly.Method<PredictRow<double>>("Model", "Predict");
        var predictProbabilities = assembly.Method<PredictRowProbabilities<double>>("Model", "PredictProbabilities");
        double[] probabilities = new double[2];

        predictProbabilities([1], probabilities);

        Assert.Equal([0, 1], probabilities);
        Assert.Equal(0, predict([0]));
        Assert.Throws<ArgumentException>("features", () => predict([1, 2]));
        Assert.Throws<ArgumentException>("features", () => predict([]));
        Assert.Throws<ArgumentException>("features", () => predict([double.NaN]));
        Assert.Throws<ArgumentException>("features", () => predict([double.NegativeInfinity]));
        Assert.Throws<ArgumentException>("probabilities", () => predictProbabilities([1], new double[3]));
    }

    [Theory]
    [InlineData("Model", "Model")]
    [InlineData("A.B.Model", "A.B.Model")]
    [InlineData("namespace.class", "namespace.class")]
    [InlineData("_a.Ünï1._2", "_a.Ünï1._2")]
    [InlineData("Demo.System.Math.Model", "Demo.System.Math.Model")]
    public void Any_identifiers_name_the_class(string name, string metadataName)
    {
        using LoadedAssembly assembly = Compile<double>(Source(2, 1, 0, "double", [0, 1, 2, 3], name), LanguageVersion.CSharp13);

        Assert.NotNull(assembly.Assembly.GetType(metadataName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A..B")]
    [InlineData("A.")]
    [InlineData("1A")]
    [InlineData("A B")]
    [InlineData("A<T>")]
    [InlineData("A.Weights")]
    [InlineData("A;}class B{")]
    public void What_is_no_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>("typeName", () => Source(2, 1, 0, "double", [0, 1, 2, 3], name));

    [Fact]
    public void The_culture_does_not_matter()
    {
        string expected = Source(3, 4, -1, "double", Sample(15, seed: 6), "Model");

        using var culture = new CultureScope(CultureScope.Hostile());

        Assert.Equal(expected, Source(3, 4, -1, "double", Sample(15, seed: 6), "Model"));
    }

    [Fact]
    public void Every_weight_keeps_its_bits()
    {
        double[] weights = [-0.0, double.Epsilon, double.MaxValue, 1.0 / 3, 1e23, -5];

        string[] literals = [.. Literal().Matches(Source(2, 2, 0, "double", weights, "Model")).Select(static match => match.Groups[1].Value)];

        Assert.Equal(weights.Select(BitConverter.DoubleToInt64Bits), literals.Select(Parse).Select(BitConverter.DoubleToInt64Bits));

        static double Parse(string literal) => (double)SyntaxFactory.ParseToken(literal.TrimStart('-')).Value! * (literal[0] == '-' ? -1 : 1);
    }

    private static string Source(int classes, int features, int firstLabel, string scalar, double[] weights, string name)
    {
        (int, int, int, string) shape = (classes, features, firstLabel, scalar);
        if (!_models.TryGetValue(shape, out LoadedAssembly? assembly))
        {
            assembly = Load(classes, features, firstLabel, scalar);
            _models.Add(shape, assembly);
        }

        return assembly.Method<Func<double[], string, string>>("Probe", "Source")(weights, name);
    }

    // A generated model whose class names are such that a careless comment would not compile.
    private static LoadedAssembly Load(int classes, int features, int firstLabel, string scalar)
    {
        IEnumerable<string> names = Enumerable.Range(0, classes).Select(
            static j => string.Create(CultureInfo.InvariantCulture, $"\"{j} */ \\r int x; \\u2028 y \\u0085 z\""));
        string model = string.Create(CultureInfo.InvariantCulture, $$"""
            using SoftmaxGen;
            using System;

            [SoftmaxModel(Classes = {{classes}}, Features = {{features}}, FirstLabel = {{firstLabel}}, ClassNames = new[] { {{string.Join(", ", names)}} },
                Precision = SoftmaxPrecision.{{(scalar == "double" ? "Double" : "Single")}})]
            public sealed partial class Exported;

            public static class Probe
            {
                public static string Source(double[] weights, string name) =>
                    Exported.FromWeights(Array.ConvertAll(weights, w => ({{scalar}})w)).ToCSharp(name);
            }
            """);
        return new LoadedAssembly(GeneratorHarness.CompileWithModels(Settings.Default, model));
    }

    private static LoadedAssembly Compile<T>(string source, LanguageVersion version)
    {
        NullableContextOptions nullable = version < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable;
        Settings settings = Settings.Strict with { LanguageVersion = version, Nullable = nullable };
        CSharpCompilation compilation = GeneratorHarness.Compile(settings, source).RemoveReferences(
            References.All.Where(static reference => reference.Display == typeof(SoftmaxModelAttribute).Assembly.Location));
        return new LoadedAssembly(compilation);
    }

    private static double[] Sample(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    [GeneratedRegex(@"(?<=[ \n])(-?[0-9.E+-]+d),")]
    private static partial Regex Literal();
}
