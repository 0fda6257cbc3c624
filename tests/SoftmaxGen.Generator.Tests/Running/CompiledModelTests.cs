using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>Models that are generated, compiled under the strictest settings, loaded and run.</summary>
public class CompiledModelTests
{
    private const string ModelName = "Demo.Model";

    private static readonly Dictionary<(int Classes, int Features, int FirstLabel, bool Single, NullableContextOptions Nullable), LoadedAssembly> _loaded = [];

    public static TheoryData<int, int, int, bool, NullableContextOptions> Shapes => new()
    {
        { 2, 1, 0, false, NullableContextOptions.Enable },
        { 3, 4, 0, false, NullableContextOptions.Enable },
        { 3, 4, 1, false, NullableContextOptions.Disable },
        { 4, 8, -7, true, NullableContextOptions.Enable },
        { 10, 16, 0, false, NullableContextOptions.Disable },
        { 7, 54, 1, true, NullableContextOptions.Disable },
    };

    /// <summary>Gets shapes from a coarse grid up to 1,000 x 1,000: each number of classes, and each number of features, in some combination.</summary>
    public static TheoryData<int, int> Grid => new()
    {
        { 2, 3 }, { 2, 65 }, { 2, 1000 }, { 3, 1 }, { 3, 784 }, { 5, 2 }, { 5, 17 }, { 10, 7 }, { 10, 100 }, { 26, 16 }, { 26, 30 },
        { 100, 8 }, { 100, 64 }, { 316, 4 }, { 316, 316 }, { 1000, 1 }, { 1000, 100 },
    };

    [Theory]
    [MemberData(nameof(Grid))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Any_shape_compiles_and_agrees_with_the_textbook(int classes, int features) =>
        Loss_and_gradient_agree_with_the_textbook(classes, features, 0, single: false, NullableContextOptions.Enable);

    [LongTheory(every: 3)]
    [MemberData(nameof(Shapes))]
    public void Loss_and_gradient_agree_with_the_textbook(int classes, int features, int firstLabel, bool single, NullableContextOptions nullable)
    {
        LoadedAssembly assembly = Load(classes, features, firstLabel, single, nullable);
        var lossAndGradient = assembly.Method<Func<double[], double[], int[], double[], double>>("Demo.Probe", "LossAndGradient");
        (double[] weights, double[] rows, int[] indices) = Sample(classes, features, rowCount: 37);
        double[] gradient = new double[weights.Length];

        double loss = lossAndGradient(weights, rows, [.. indices.Select(index => index + firstLabel)], gradient);

        (double expectedLoss, double[] expectedGradient) = PlainSoftmax.LossAndGradient(weights, rows, indices, features);
        double tolerance = single ? 2e-5 : 1e-12;
        Assert.Equal(expectedLoss, loss, tolerance);
        Assert.All(expectedGradient.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [LongTheory(every: 2)]
    [MemberData(nameof(Shapes))]
    public void Predictions_agree_with_the_textbook(int classes, int features, int firstLabel, bool single, NullableContextOptions nullable)
    {
        LoadedAssembly assembly = Load(classes, features, firstLabel, single, nullable);
        var predict = assembly.Method<Func<double[], double[], int>>("Demo.Probe", "Predict");
        var probabilities = assembly.Method<Func<double[], double[], double[]>>("Demo.Probe", "Probabilities");
        (double[] weights, double[] rows, _) = Sample(classes, features, rowCount: 20);

        foreach (double[] row in rows.Chunk(features))
        {
            double[] scores = PlainSoftmax.Scores(weights, row);
            Assert.Equal(firstLabel + Array.IndexOf(scores, scores.Max()), predict(weights, row));
            Assert.All(
                PlainSoftmax.Probabilities(scores).Zip(probabilities(weights, row)), pair => Assert.Equal(pair.First, pair.Second, single ? 2e-6 : 1e-14));
        }
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(10, 16)]
    public void Every_generated_name_is_reserved(int classes, int features)
    {
        LoadedAssembly assembly = Load(classes, features, 0, single: false, NullableContextOptions.Enable);
        AssertReserved(assembly);
    }

    [Theory]
    [InlineData("int")]
    [InlineData("byte")]
    public void Every_generated_name_of_a_model_of_types_is_reserved(string underlying)
    {
        using LoadedAssembly assembly = new(GeneratorHarness.CompileWithModels(
            Settings.Default,
            $"namespace Demo; enum E : {underlying} {{ A, B }} record R(double X, [SoftmaxGen.Label] E L); [SoftmaxGen.SoftmaxModel<E, R>] partial class Model;"));
        AssertReserved(assembly);
    }

    private static void AssertReserved(LoadedAssembly assembly)
    {
        const BindingFlags declared = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

        IEnumerable<string> names = assembly.Assembly.GetType(ModelName)!.GetMembers(declared)
            .Where(static member => member is not ConstructorInfo && member is not MethodInfo { IsSpecialName: true })
            .Select(static member => member.Name)
            .Where(static name => !name.Contains('.', StringComparison.Ordinal) && !name.StartsWith('<'));

        Assert.All(names, static name => Assert.True(ReservedMembers.Collides(new DeclaredMember(name, IsMethod: false), isPretrained: false), name));
    }

    // Two tests ask for each of the shapes, and a model takes a while to compile.
    private static LoadedAssembly Load(int classes, int features, int firstLabel, bool single, NullableContextOptions nullable)
    {
        (int, int, int, bool, NullableContextOptions) model = (classes, features, firstLabel, single, nullable);
        if (!_loaded.TryGetValue(model, out LoadedAssembly? assembly))
        {
            assembly = Compile(classes, features, firstLabel, single, nullable);
            _loaded.Add(model, assembly);
        }

        return assembly;
    }

    private static LoadedAssembly Compile(int classes, int features, int firstLabel, bool single, NullableContextOptions nullable) =>
        new(GeneratorHarness.CompileWithModels(
            Settings.Strict with { Nullable = nullable },
            ModelSource(classes, features, firstLabel, single),
            ProbeSource.Replace("{T}", single ? "float" : "double", StringComparison.Ordinal)));

    private static string ModelSource(int classes, int features, int firstLabel, bool single) => $$"""
        namespace Demo;

        /// <summary>A model.</summary>
        [SoftmaxGen.SoftmaxModel(
            Classes = {{classes}},
            Features = {{features}},
            FirstLabel = {{firstLabel}},
            Precision = SoftmaxGen.SoftmaxPrecision.{{(single ? "Single" : "Double")}})]
        public sealed partial class Model;
        """;

    // Spans cannot pass through reflection, arrays can.
    private const string ProbeSource = """
        namespace Demo
        {
            internal static class Probe
            {
                public static double LossAndGradient(double[] weights, double[] rows, int[] labels, double[] gradient)
                {
                    var sum = new {T}[gradient.Length];
                    double loss = Model.LossAndGradient(Convert(weights), Convert(rows), labels, sum);
                    System.Array.Copy(sum, gradient, sum.Length);
                    return loss;
                }

                public static int Predict(double[] weights, double[] features)
                {
                    return Model.FromWeights(Convert(weights)).Predict(Convert(features));
                }

                public static double[] Probabilities(double[] weights, double[] features)
                {
                    var probabilities = new {T}[Model.Classes];
                    Model.FromWeights(Convert(weights)).PredictProbabilities(Convert(features), probabilities);
                    return System.Array.ConvertAll(probabilities, value => (double)value);
                }

                private static {T}[] Convert(double[] values)
                {
                    return System.Array.ConvertAll(values, value => ({T})value);
                }
            }
        }
        """;

    // Sixteenths are exact in both precisions, so that rounding starts inside the model and not before.
    private static (double[] Weights, double[] Rows, int[] Classes) Sample(int classes, int features, int rowCount)
    {
        Random random = new(12345);
        return (
            [.. Enumerable.Range(0, classes * (features + 1)).Select(_ => random.Next(-16, 17) / 16.0)],
            [.. Enumerable.Range(0, rowCount * features).Select(_ => random.Next(-32, 33) / 16.0)],
            [.. Enumerable.Range(0, rowCount).Select(_ => random.Next(classes))]);
    }
}
