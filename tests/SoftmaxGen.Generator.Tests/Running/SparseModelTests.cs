using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>
/// Baked weights of which many are zero: the instance that skips them answers as another instance with the same weights does, which multiplies them all.
/// </summary>
public class SparseModelTests
{
    /// <summary>Which weights of features are zero; biases never are.</summary>
    public enum Zeros
    {
        /// <summary>Each with a probability of nine tenths.</summary>
        Scattered,

        /// <summary>Those of three features in four, for every class.</summary>
        WholeFeatures,

        /// <summary>Those of every class but the last, and half of those.</summary>
        WholeClasses,

        /// <summary>All.</summary>
        All,

        /// <summary>One in twenty.</summary>
        Few,
    }

    /// <summary>Gets shapes, with the zeros that they can have.</summary>
    public static TheoryData<int, int, bool, Zeros> Cases
    {
        get
        {
            (int, int, bool)[] shapes =
            [
                (2, 1, false), (2, 17, true), (3, 1, true), (3, 7, false), (7, 17, false), (10, 17, true), (10, 65, false), (17, 33, true), (33, 9, false),
                (67, 17, true),
            ];
            var cases = new TheoryData<int, int, bool, Zeros>();
            foreach ((int classes, int features, bool isSingle) in shapes)
            {
                foreach (Zeros zeros in Enum.GetValues<Zeros>().Where(zeros => zeros == Zeros.All || (features > 1 && zeros != Zeros.Few)))
                {
                    cases.Add(classes, features, isSingle, zeros);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Both_instances_answer_and_refuse_alike(int classes, int features, bool isSingle, Zeros zeros)
    {
        using LoadedAssembly assembly = Load(classes, features, isSingle, zeros, "");
        var compare = assembly.Method<Func<double[], string>>("Demo.Probe", "Compare");
        var refuse = assembly.Method<Func<double[], string>>("Demo.Probe", "Refuse");
        Random random = new(7);

        for (int row = 0; row < 20; row++)
        {
            Assert.Equal("", compare([.. Enumerable.Range(0, features).Select(_ => (random.NextDouble() - 0.5) * 8)]));
        }

        for (int k = 0; k < features; k++)
        {
            foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                double[] row = new double[features];
                row[k] = value;
                Assert.Equal("", refuse(row));
            }
        }
    }

    [LongTheory(every: 2)]
    [InlineData(10, 65, false)]
    [InlineData(10, 65, true)]
    public void Where_missing_values_propagate_nothing_is_skipped(int classes, int features, bool isSingle)
    {
        using LoadedAssembly assembly = Load(classes, features, isSingle, Zeros.WholeFeatures, ", MissingValues = SoftmaxGen.MissingValues.Propagate");
        var compare = assembly.Method<Func<double[], string>>("Demo.Probe", "Compare");

        for (int k = 0; k < features; k++)
        {
            double[] row = new double[features];
            row[k] = double.NaN;
            Assert.Equal("", compare(row));
        }

        Assert.False(assembly.Method<Func<bool>>("Demo.Probe", "Skips")());
    }

    [LongTheory(every: 3)]
    [InlineData(10, 65, Zeros.Scattered, true)]
    [InlineData(10, 65, Zeros.WholeFeatures, true)]
    [InlineData(10, 65, Zeros.All, true)]
    [InlineData(10, 65, Zeros.Few, false)]
    [InlineData(67, 17, Zeros.WholeFeatures, true)]
    [InlineData(2, 17, Zeros.All, false)]
    [InlineData(10, 1500, Zeros.Few, false)]
    public void Zeros_are_skipped_where_that_pays(int classes, int features, Zeros zeros, bool isSkipped)
    {
        using LoadedAssembly assembly = Load(classes, features, isSingle: false, zeros, "");

        Assert.Equal(isSkipped, assembly.Method<Func<bool>>("Demo.Probe", "Skips")());
    }

    [LongTheory(every: 3)]
    [InlineData(3, 7, false)]
    [InlineData(10, 65, true)]
    [InlineData(67, 17, false)]
    public void The_code_that_skips_compiles_under_the_strictest_settings(int classes, int features, bool isSingle) =>
        GeneratorHarness.AssertClean(Compile(classes, features, isSingle, static (_, k) => k % 4 == 1 ? 1 : 0, ""));

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_most_code_of_one_method_is_bounded()
    {
        // Live features of ten classes take three steps each, and eight others are looked at in one; 750 steps are allowed.
        Assert.True(SkipsLive(200));
        Assert.False(SkipsLive(250));

        static bool SkipsLive(int liveFeatures)
        {
            using LoadedAssembly assembly = new(Compile(10, 1000, isSingle: false, (_, k) => k < liveFeatures ? 1 : 0, ""));
            return assembly.Method<Func<bool>>("Demo.Probe", "Skips")();
        }
    }

    private static LoadedAssembly Load(int classes, int features, bool isSingle, Zeros zeros, string setting)
    {
        Random random = new((classes * 1000) + features);
        return new LoadedAssembly(Compile(classes, features, isSingle, Weight, setting));

        double Weight(int j, int k) => IsZero(j, k) ? (random.Next(2) == 0 ? 0.0 : -0.0) : (random.NextDouble() - 0.5) * 3;

        bool IsZero(int j, int k) => zeros switch
        {
            Zeros.Scattered => random.Next(10) > 0,
            Zeros.WholeFeatures => k % 4 != 1,
            Zeros.WholeClasses => j < classes - 1 || random.Next(2) == 0,
            Zeros.All => true,
            _ => random.Next(20) == 0,
        };
    }

    private static Compilation Compile(int classes, int features, bool isSingle, Func<int, int, double> weight, string setting)
    {
        (string precision, string scalar) = isSingle ? ("Single", "float") : ("Double", "double");
        IEnumerable<string> rows = Enumerable.Range(0, classes).Select(j => "[" + string.Join(
            ", ", Enumerable.Range(0, features).Select(k => Number(weight(j, k))).Prepend(Number((j % 3) - 1.25))) + "]");
        TextFile file = new("/project/sparse.json", $$"""
            {
              "format": "softmaxgen-model", "version": 1, "classes": {{classes}}, "features": {{features}}, "precision": "{{(isSingle ? "single" : "double")}}",
              "firstLabel": 0, "weights": [{{string.Join(",\n", rows)}}], "checksum": "none"
            }
            """);
        string model = $$"""
            namespace Demo
            {
                /// <summary>A model.</summary>
                [SoftmaxGen.SoftmaxModel(Classes = {{classes}}, Features = {{features}}, Precision = SoftmaxGen.SoftmaxPrecision.{{precision}}, Weights = "sparse.json"{{setting}})]
                public sealed partial class Model
                {
                }
            """ + ProbeSource.Replace("{T}", scalar, StringComparison.Ordinal) + "\n}";
        return WeightsFiles.CompileWithModels(Settings.Strict, model, file);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Equal numbers, not equal bits: without a product of zero a score of -0 stays one, which becomes +0 otherwise.
    private const string ProbeSource = """
            internal static class Probe
            {
                private static readonly Model Dense = Model.FromWeights(Model.Pretrained.Weights);

                public static bool Skips()
                {
                    return typeof(Model).GetField("__softmaxSkipsZeros", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic) != null;
                }

                public static string Compare(double[] row)
                {
                    {T}[] x = System.Array.ConvertAll(row, value => ({T})value);
                    Model sparse = Model.Pretrained;
                    var left = new {T}[Model.Classes];
                    var right = new {T}[Model.Classes];
                    int l = Dense.Predict(x, out {T} p);
                    int r = sparse.Predict(x, out {T} q);
                    string differences = Dense.Predict(x) == sparse.Predict(x) && l == r ? "" : "label ";
                    differences += p.Equals(q) ? "" : "probability ";
                    Dense.PredictScores(x, left);
                    sparse.PredictScores(x, right);
                    differences += Same(left, right) ? "" : "scores ";
                    Dense.PredictProbabilities(x, left);
                    sparse.PredictProbabilities(x, right);
                    differences += Same(left, right) ? "" : "probabilities ";
                    Dense.PredictProbabilitiesBatch(x, left);
                    sparse.PredictProbabilitiesBatch(x, right);
                    return differences + (Same(left, right) ? "" : "batch ");
                }

                public static string Refuse(double[] row)
                {
                    {T}[] x = System.Array.ConvertAll(row, value => ({T})value);
                    var numbers = new {T}[Model.Classes];
                    return Differ(model => model.Predict(x)) + Differ(model => model.Predict(x, out {T} _))
                        + Differ(model => model.PredictScores(x, numbers)) + Differ(model => model.PredictProbabilities(x, numbers));
                }

                private static string Differ(System.Action<Model> predict)
                {
                    string expected = Message(Dense, predict);
                    string actual = Message(Model.Pretrained, predict);
                    return expected == actual && expected.Length > 0 ? "" : "'" + expected + "' but '" + actual + "'";
                }

                private static string Message(Model model, System.Action<Model> predict)
                {
                    try
                    {
                        predict(model);
                        return "";
                    }
                    catch (System.ArgumentException refusal)
                    {
                        return refusal.Message;
                    }
                }

                private static bool Same({T}[] left, {T}[] right)
                {
                    for (int j = 0; j < left.Length; j++)
                    {
                        if (!left[j].Equals(right[j]))
                        {
                            return false;
                        }
                    }

                    return true;
                }
            }
        """;
}
