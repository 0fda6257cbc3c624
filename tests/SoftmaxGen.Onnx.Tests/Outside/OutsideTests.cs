using System.Numerics;
using SoftmaxGen.Onnx.Tests.Harness;
using SoftmaxGen.Onnx.Tests.Importing;

namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>What others make of exported models, and what we make of theirs.</summary>
public sealed class OutsideTests : IDisposable
{
    private const double WithinFloat = 1e-6;
    private const double WithinDouble = 1e-12;
    private const int Rows = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softmaxgen-onnx-");

    public void Dispose() => _folder.Delete(recursive: true);

    [OutsideFact]
    public void The_checker_of_the_onnx_package_accepts_every_exported_model()
    {
        string[] files = [.. ExportAll().Select(static exported => exported.Job.Model)];

        Assert.Equal(files, OutsideTools.Python("check.py", files).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Onnx_Runtime_gives_the_probabilities_and_labels_of_every_exported_model()
    {
        Assert.All(ExportAll(), static ours =>
        {
            IReadOnlyDictionary<string, Array> theirs = OnnxRuntime.Run(ours.Job);
            AssertEqual(ours.Probabilities, theirs["probabilities"], ours.Tolerance, ours.Job.Model);
            if (theirs.TryGetValue("label", out Array? labels))
            {
                Assert.Equal(ours.Labels, labels);
            }
            else
            {
                Assert.EndsWith("Gemm.onnx", ours.Job.Model, StringComparison.Ordinal);
            }
        });
    }

    [OutsideFact]
    public void Models_that_other_programs_made_give_the_probabilities_that_Onnx_Runtime_gives()
    {
        OutsideTools.Python("make_models.py", _folder.FullName);
        string[] files =
            [.. Directory.GetFiles(_folder.FullName, "*.onnx").Where(static path => !path.Contains("converted", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)];
        double[] rows = SinglesIn(Samples.Numbers<double>(Rows * Three.Features, seed: 5));

        Assert.Equal(9, files.Length);
        Assert.All(files, path =>
        {
            double[] probabilities = path.Contains("two", StringComparison.Ordinal)
                ? Probabilities<Two, double>(Samples.Import<Two, double>(File.ReadAllBytes(path)), rows)
                : Probabilities<Three, double>(Samples.Import<Three, double>(File.ReadAllBytes(path)), rows);
            Array theirs = OnnxRuntime.Run(new RuntimeJob(path, IsDouble(path), Three.Features, rows))["p"];
            AssertEqual(probabilities, theirs, IsDouble(path) ? WithinDouble : WithinFloat, path);
        });

        // Its probabilities are a list of dictionaries; behind them is the classifier that was run.
        Three converted = Samples.Import<Three, double>(File.ReadAllBytes(Path.Combine(_folder.FullName, "classifier-converted.onnx")));
        Three plain = Samples.Import<Three, double>(File.ReadAllBytes(Path.Combine(_folder.FullName, "classifier.onnx")));
        Assert.Equal(plain.Weights.ToArray(), converted.Weights.ToArray());

        static bool IsDouble(string path) => path.Contains("double", StringComparison.Ordinal) || path.Contains("no-intercepts", StringComparison.Ordinal);
    }

    [Fact]
    public void Encoders_before_a_classifier_give_the_probabilities_that_Onnx_Runtime_gives()
    {
        // A text that the encoder does not know stands for a missing one there.
        Tenant[] rows =
        [
            .. from charges in new double?[] { null, 20, 41.5 }
               from tariff in Enum.GetValues<Tariff>()
               from country in new[] { "DE", "FR", null }
               select new Tenant(charges, tariff, country, (int)tariff + 7),
        ];
        string path = Path.Combine(_folder.FullName, "encoded.onnx");
        File.WriteAllBytes(path, EncodedGraph.Write(EncodedGraph.Nodes, EncodedGraph.Inputs));
        var job = new RuntimeJob(path, IsDouble: false, 1, [])
        {
            Inputs = new Dictionary<string, object?[]>
            {
                ["Tenure"] = [.. rows.Select(static row => (object)row.Tenure)],
                ["Charges"] = [.. rows.Select(static row => (object?)row.Charges)],
                ["Country"] = [.. rows.Select(static row => row.Country ?? "")],
                ["Tariff"] = [.. rows.Select(static row => row.Tariff.ToString())],
            },
        };

        double[] probabilities = new double[2 * rows.Length];
        Samples.Import<TenantModel, double>(File.ReadAllBytes(path)).PredictProbabilitiesBatch(rows, probabilities);

        Assert.Equal(27, rows.Length);
        AssertEqual(probabilities, OnnxRuntime.Run(job)["probabilities"], WithinFloat, path);
    }

    private IEnumerable<Exported> ExportAll() =>
    [
        .. Export<Two, double>(),
        .. Export<Three, double>(),
        .. Export<ThreeSingle, float>(),
        .. Export<Named, double>(),
        .. Export<FromOne, float>(),
        .. Export<Digits, double>(),
    ];

    private IEnumerable<Exported> Export<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TModel model = Samples.Model<TModel, T>();
        double[] rows = SinglesIn(Samples.Numbers<double>(Rows * TModel.Shape.Features, seed: 2));
        foreach (OnnxForm form in Enum.GetValues<OnnxForm>())
        {
            string path = Path.Combine(_folder.FullName, $"{typeof(TModel).Name}.{form}.onnx");
            File.WriteAllBytes(path, Samples.Export<TModel, T>(model, form));
            bool isExact = form == OnnxForm.Gemm && typeof(T) == typeof(double);
            yield return new Exported(
                new RuntimeJob(path, form == OnnxForm.Gemm, TModel.Shape.Features, rows),
                Probabilities<TModel, T>(model, rows),
                Labels<TModel, T>(model, rows),
                isExact ? WithinDouble : WithinFloat);
        }
    }

    // Numbers that float can hold: what differs is the arithmetic, not what goes in.
    private static double[] SinglesIn(double[] values) => Array.ConvertAll(values, static value => (double)(float)value);

    private static double[] Probabilities<TModel, T>(TModel model, double[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] probabilities = new T[rows.Length / TModel.Shape.Features * TModel.Shape.Classes];
        model.PredictProbabilitiesBatch(Array.ConvertAll(rows, T.CreateTruncating), probabilities);
        return Array.ConvertAll(probabilities, double.CreateTruncating);
    }

    private static string[] Labels<TModel, T>(TModel model, double[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] labels = new int[rows.Length / TModel.Shape.Features];
        model.PredictBatch(Array.ConvertAll(rows, T.CreateTruncating), labels);
        return Array.ConvertAll(labels, static label => TModel.Shape.ClassName(label - TModel.Shape.FirstLabel));
    }

    private static void AssertEqual(double[] ours, Array theirs, double tolerance, string name)
    {
        double[] others = Assert.IsType<double[]>(theirs);
        Assert.Equal(ours.Length, others.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.True(Math.Abs(ours[i] - others[i]) <= tolerance, $"{name}: probability {i} is {ours[i]:R} here and {others[i]:R} there.");
        }
    }

    private sealed record Exported(RuntimeJob Job, double[] Probabilities, string[] Labels, double Tolerance);
}
