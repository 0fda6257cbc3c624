using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>
/// Encoders written as C# with their models: compiled under the strictest settings, without SoftmaxGen, they make the same columns of the same rows, and the
/// same probabilities.
/// </summary>
public sealed class EncoderExportTests
{
    private const string Usings = "global using System; global using System.Linq; global using System.Collections.Generic;";

    // The members of a row as those of the exported structure, in their order.
    private const string Probe = """
        #pragma warning disable
        using SoftmaxGen;
        using SoftmaxGen.TestModels.Rows;
        using SoftmaxGen.Tests.Rows;

        [SoftmaxModel<Plan, Client>]
        public sealed partial class ExportedPlan;

        [SoftmaxModel<Churn, Client>(Precision = SoftmaxPrecision.Single)]
        public sealed partial class ExportedChurn;

        [SoftmaxModel<Plan, Blanks>]
        public sealed partial class ExportedBlanks;

        public readonly record struct Numbers(double X, int Y);

        [SoftmaxModel<Plan, Numbers>]
        public sealed partial class ExportedNumbers;

        public static class Probe
        {
            private static readonly Client[] _clients = ClientSample.Make(200, seed: 3);
            private static readonly Random _random = new(4);
            private static readonly ExportedPlan _plan = ExportedPlan.FromWeights(Weights(ExportedPlan.ParameterCount));
            private static readonly ExportedChurn _churn = ExportedChurn.FromWeights(Weights(ExportedChurn.ParameterCount).Select(w => (float)w).ToArray());
            private static readonly ExportedBlanks _blanks = ExportedBlanks.FromWeights(Weights(ExportedBlanks.ParameterCount));

            public static string Source(string model) => model switch
            {
                "Plan" => _plan.ToCSharp("Plain.PlanModel"),
                "Churn" => _churn.ToCSharp("ChurnModel"),
                "Blanks" => _blanks.ToCSharp("BlanksModel"),
                _ => ExportedNumbers.FromWeights(new double[9]).ToCSharp("NumbersModel"),
            };

            public static object[][] Clients() => Array.ConvertAll(_clients, Values);

            public static double[][] Columns() => Array.ConvertAll(_clients, client =>
            {
                double[] columns = new double[ExportedPlan.Features];
                ExportedPlan.CopyFeatures(client, columns);
                return columns;
            });

            public static double[][] Expected() =>
                Array.ConvertAll(_clients, client => PlainEncoder.Encode(client, ExportedPlan.Shape.FeatureNames));

            public static float[][] SingleProbabilities() => Array.ConvertAll(_clients, client =>
            {
                float[] probabilities = new float[2];
                _churn.PredictProbabilities(client, probabilities);
                return probabilities;
            });

            public static double[] ChurnWeights() => _churn.Weights.ToArray().Select(w => (double)w).ToArray();

            public static double[] PlanWeights() => _plan.Weights.ToArray();

            public static double[][] Probabilities() => Array.ConvertAll(_clients, client =>
            {
                double[] probabilities = new double[3];
                _plan.PredictProbabilities(client, probabilities);
                return probabilities;
            });

            public static float[][] SingleColumns() => Array.ConvertAll(_clients, client =>
            {
                float[] columns = new float[ExportedChurn.Features];
                ExportedChurn.CopyFeatures(client, columns);
                return columns;
            });

            // Rows without lookups, and what their columns hold by their names.
            public static (string[] Names, double[][] Columns, double[][] Expected) Blanks()
            {
                Blanks[] rows =
                [
                    new(null, float.NaN, null, Services.None, 0), new(2.5, 3, true, Services.Phone, 1), new(null, 3, false, Services.Everything, 0.25),
                    new(-1.5, float.NaN, true, Services.Backup | Services.Television, -4),
                ];
                string[] names = [.. ExportedBlanks.Shape.FeatureNames];
                return (names, Array.ConvertAll(rows, Encode), Array.ConvertAll(rows, row => Array.ConvertAll(names, name => Value(row, name))));

                static double[] Encode(Blanks row)
                {
                    double[] columns = new double[ExportedBlanks.Features];
                    ExportedBlanks.CopyFeatures(row, columns);
                    return columns;
                }

                static double Value(Blanks row, string name) => name.Split('*') is [var left, var right] ? Value(row, left) * Value(row, right) : name switch
                {
                    "X" => row.X ?? 0,
                    "X?" => row.X is null ? 1 : 0,
                    "Y" => float.IsNaN(row.Y) ? 0 : row.Y,
                    "Y?" => float.IsNaN(row.Y) ? 1 : 0,
                    "Z" => row.Z == true ? 1 : 0,
                    "Z?" => row.Z is null ? 1 : 0,
                    "W" => row.W,
                    "W>0.25" => Math.Max(0, row.W - 0.25),
                    _ => row.Services.HasFlag(Enum.Parse<Services>(name.Split('=')[1])) ? 1 : 0,
                };
            }

            private static double[] Weights(int count) => Enumerable.Range(0, count).Select(_ => _random.NextDouble() - 0.5).ToArray();

            private static object[] Values(Client c) =>
            [
                (double)c.Tenure, (double?)c.Charges, c.Score, (double?)c.Rating, c.IsSenior, c.HasPartner, (int)c.Contract, (sbyte?)c.Internet, (ulong)c.Region,
                (short)c.Mood, (ulong)c.Services, c.Country, c.Channel, c.City, (double)c.Age, c.Usage, c.Load, (double?)c.Speed, c.User, c.Device, c.Shop,
                c.Embedding, c.Sketch, new ReadOnlyMemory<int>(c.Signal.ToArray()), new[] { c.Position[0], c.Position[1], c.Position[2] },
            ];
        }
        """;

    private static readonly string _caller = $$"""
        #nullable disable
        #pragma warning disable CS1591
        public static class Caller
        {
        {{RowOf("Plain.PlanModel")}}

            public static double[] Encode(object[] values)
            {
                double[] columns = new double[Plain.PlanModel.Features];
                System.Array.Fill(columns, double.NaN);
                Plain.PlanModel.Encode(Row(values), columns);
                return columns;
            }

            public static double[] Probabilities(object[] values)
            {
                double[] probabilities = new double[3];
                Plain.PlanModel.PredictProbabilities(Row(values), probabilities);
                return probabilities;
            }

            public static int Predict(object[] values) => Plain.PlanModel.Predict(Row(values));
        }
        """;

    private static readonly string _singleCaller = $$"""
        #nullable disable
        #pragma warning disable CS1591
        public static class Caller
        {
        {{RowOf("ChurnModel")}}

            public static float[] Encode(object[] values)
            {
                float[] columns = new float[ChurnModel.Features];
                ChurnModel.Encode(Row(values), columns);
                return columns;
            }
        }
        """;

    // They take seconds to compile.
    private static readonly Lazy<LoadedAssembly> _models =
        new(static () => new LoadedAssembly(GeneratorHarness.CompileWithModels(Settings.Default, [Usings, Clients(), .. Sources(), Probe])));

    private static readonly Lazy<LoadedAssembly> _plan = new(static () => Compile(Source("Plan"), LanguageVersion.CSharp8, _caller));

    [Fact]
    public void The_model_itself_encodes_and_predicts_as_its_columns_are_named()
    {
        double[][] columns = _models.Value.Method<Func<double[][]>>("Probe", "Columns")();
        double[][] expected = _models.Value.Method<Func<double[][]>>("Probe", "Expected")();
        double[][] probabilities = _models.Value.Method<Func<double[][]>>("Probe", "Probabilities")();
        double[] weights = _models.Value.Method<Func<double[]>>("Probe", "PlanWeights")();

        float[][] singles = _models.Value.Method<Func<float[][]>>("Probe", "SingleProbabilities")();
        double[] singleWeights = _models.Value.Method<Func<double[]>>("Probe", "ChurnWeights")();

        Assert.Equal(expected, columns);
        Assert.All(expected.Zip(probabilities), pair => Assert.All(
            PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, pair.First)).Zip(pair.Second), static one => Assert.Equal(one.First, one.Second, 1e-12)));
        Assert.All(expected.Zip(singles), pair => Assert.All(
            PlainSoftmax.Probabilities(PlainSoftmax.Scores(singleWeights, pair.First)).Zip(pair.Second), static one =>
                Assert.Equal(one.First, one.Second, 1e-5)));
    }

    [Fact]
    public void Columns_without_lookups_hold_what_their_names_say()
    {
        (string[] names, double[][] columns, double[][] expected) =
            _models.Value.Method<Func<(string[], double[][], double[][])>>("Probe", "Blanks")();

        Assert.Equal(["X*Y", "X*Y?", "X?*Y", "X?*Y?"], names.Where(static name => name.Contains('*', StringComparison.Ordinal)));
        Assert.Equal(expected, columns);
    }

    [Fact]
    public void Columns_and_predictions_are_those_of_the_model()
    {
        var encode = _plan.Value.Method<Func<object?[], double[]>>("Caller", "Encode");
        var probabilities = _plan.Value.Method<Func<object?[], double[]>>("Caller", "Probabilities");
        var predict = _plan.Value.Method<Func<object?[], int>>("Caller", "Predict");
        object?[][] rows = _models.Value.Method<Func<object?[][]>>("Probe", "Clients")();
        double[][] columns = _models.Value.Method<Func<double[][]>>("Probe", "Columns")();
        double[][] expected = _models.Value.Method<Func<double[][]>>("Probe", "Probabilities")();

        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(columns[row], encode(rows[row]));
            Assert.All(expected[row].Zip(probabilities(rows[row])), static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            Assert.Equal(Array.IndexOf(expected[row], expected[row].Max()), predict(rows[row]));
        }
    }

    [Fact]
    public void Columns_in_float_are_those_of_the_model()
    {
        using LoadedAssembly plain = Compile(Source("Churn"), LanguageVersion.CSharp13, _singleCaller);
        var encode = plain.Method<Func<object?[], float[]>>("Caller", "Encode");
        object?[][] rows = _models.Value.Method<Func<object?[][]>>("Probe", "Clients")();
        float[][] columns = _models.Value.Method<Func<float[][]>>("Probe", "SingleColumns")();

        Assert.All(rows.Zip(columns), pair => Assert.Equal(pair.Second, encode(pair.First)));
    }

    [LongTheory(every: 4)]
    [InlineData(6, 3, "Contract has no column for '3'.")]
    [InlineData(6, -1, "Contract has no column for '-1'.")]
    [InlineData(7, (sbyte)1, "Internet has no column for '1'.")]
    [InlineData(10, 4UL, "Services has no column for '4'.")]
    [InlineData(11, "de", "Country has no column for 'de'.")]
    [InlineData(11, null, "Country has no column for ''.")]
    [InlineData(12, "phone", "Channel has no column for 'phone'.")]
    [InlineData(13, null, "City must not be null.")]
    [InlineData(14, double.NaN, "Age has no column for 'NaN'.")]
    [InlineData(18, null, "User must not be null.")]
    [InlineData(21, null, "Embedding must not be null.")]
    [InlineData(21, new[] { 1f }, "Embedding must have 3 numbers.")]
    [InlineData(22, new[] { 1.0 }, "Sketch must have 2 numbers.")]
    [InlineData(24, null, "Position must have 3 numbers.")]
    [InlineData(16, double.NaN, "The features must be finite")]
    public void What_the_model_refuses_is_refused(int member, object? value, string message)
    {
        object?[] row = _models.Value.Method<Func<object?[][]>>("Probe", "Clients")()[0];
        row[member] = value;

        ArgumentException error = Assert.Throws<ArgumentException>(() => _plan.Value.Method<Func<object?[], int>>("Caller", "Predict")(row));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_lookups_are_encoded_and_rows_of_numbers_have_no_encoder()
    {
        string blanks = Source("Blanks");
        Assert.DoesNotContain("known", blanks, StringComparison.Ordinal);
        using LoadedAssembly compiled = Compile(blanks, LanguageVersion.CSharp8);
        Assert.NotNull(compiled.Assembly.GetType("BlanksModel")!.GetMethod("Encode"));
        Assert.DoesNotContain("Encode", Source("Numbers"), StringComparison.Ordinal);
    }

    private static LoadedAssembly Compile(string source, LanguageVersion version, params string[] others)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Settings.Strict with { LanguageVersion = version }, [source, .. others]).RemoveReferences(
            References.All.Where(static reference => reference.Display == typeof(SoftmaxModelAttribute).Assembly.Location));
        return new LoadedAssembly(compilation);
    }

    // The types of the tests of the library, without their models.
    private static string Clients() => Read("SoftmaxGen.TestModels", "Clients.cs").Split("[SoftmaxModel")[0];

    // Random clients, and an encoder that goes by the names of the columns.
    private static string[] Sources() => [Read("SoftmaxGen.Tests", "ClientSample.cs"), Read("SoftmaxGen.Tests", "PlainEncoder.cs")];

    private static string Read(string project, string file) => File.ReadAllText(Path.Combine(SourceTree.Project, "..", project, "Rows", file));

    private static string Source(string model) => _models.Value.Method<Func<string, string>>("Probe", "Source")(model);

    // Makes the structure of values.
    private static string RowOf(string model) => $$"""
            private static {{model}}.Row Row(object[] v) => new {{model}}.Row
            {
                Tenure = (double)v[0], Charges = (double?)v[1], Score = (double)v[2], Rating = (double?)v[3], IsSenior = (bool)v[4], HasPartner = (bool?)v[5],
                Contract = (int)v[6], Internet = (sbyte?)v[7], Region = (ulong)v[8], Mood = (short)v[9], Services = (ulong)v[10], Country = (string)v[11],
                Channel = (string)v[12], City = (string)v[13], Age = (double)v[14], Usage = (double)v[15], Load = (double)v[16], Speed = (double?)v[17],
                User = (string)v[18], Device = (string)v[19], Shop = (long)v[20], Embedding = (float[])v[21], Sketch = (double[])v[22],
                Signal = (System.ReadOnlyMemory<int>)v[23], Position = (float[])v[24],
            };
        """;
}
