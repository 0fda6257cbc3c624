using System.Numerics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Generator.Tests.Running;

namespace SoftmaxGen.Generator.Tests.Releases;

/// <summary>
/// Code that another version generated runs on the runtime as it is: a program refers to one version of the library, and a library of models that it uses was
/// compiled with an older one.
/// </summary>
public sealed class ReleaseTests
{
    private const double L2 = 0.01;

    private static readonly Dictionary<string, CSharpCompilation> _compiled = [];

    private static readonly Dictionary<string, LoadedAssembly> _loaded = [];

    private static readonly MethodInfo _check = typeof(ReleaseTests).GetMethod(nameof(CheckModel), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly TrainingOptions _options = new() { L2 = L2, Standardize = false, Solver = Solver.Newton };

    private static readonly string[] _versions = WriteAndList();

    public static TheoryData<string> Versions => [.. _versions];

    [Fact]
    public void Every_release_is_kept() => Assert.Subset(Release.Versions.ToHashSet(), Release.ReleasedVersions.ToHashSet());

    /// <summary>Where compiled code would fail, though its source compiles: a parameter more, another type, a constant of another value.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void The_runtime_has_every_member_that_a_release_uses(string version)
    {
        string[] used = new Release(version).ReadRuntimeMembers();

        Assert.True(used.Length > 100);
        AssertNone(used.Except(RuntimeMembers.OfferedTo(GeneratorHarness.Compile())), version);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_code_of_a_release_compiles(string version) => AssertNone(
        Compile(version).GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.ToString()),
        version);

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Models_of_a_release_predict_train_and_load(string version)
    {
        var release = new Release(version);
        Type[] models = [.. Load(release.Version).Assembly.GetTypes().Where(static type => type.IsDefined(typeof(ModelSettingsAttribute)))];

        Assert.Equal(4, models.Length);
        Assert.All(models, model => _check.MakeGenericMethod(model, ReleaseModels.Scalar(model))
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [release], null));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Rows_of_a_release_train_and_predict(string version)
    {
        LoadedAssembly assembly = Load(version);
        var train = assembly.Method<Func<double[], int[], TrainingOptions, double[]>>("Kept.TypedRows", "Train");
        var predict = assembly.Method<Func<double[], double[], int[], int[]>>("Kept.TypedRows", "Predict");
        (_, double[] rows, int[] classes) = Sample(3, 3, rowCount: 50);
        for (int i = 0; i < classes.Length; i++)
        {
            rows[(3 * i) + 1] = i % 2;
        }

        double[] weights = train(rows, classes, _options);

        AssertOptimal(weights, rows, classes, 3, 1e-6);
        Assert.Equal(rows.Chunk(3).Select(row => Best(weights, row)), predict(weights, rows, classes));
    }

    // Once, before the tests that read what was written.
    private static string[] WriteAndList()
    {
        if (Environment.GetEnvironmentVariable(Release.WriteVariable) is { Length: > 0 } version)
        {
            new Release(version).Write();
        }

        return [.. Release.Versions];
    }

    private static void AssertNone(IEnumerable<string> missing, string version)
    {
        string[] lines = [.. missing];
        string advice = Release.ReleasedVersions.Contains(version)
            ? $"Code that {version} generated is in use: what it needs must stay as it was."
            : $"{version} is not released yet and may be written again: {Release.WriteVariable}={version} "
                + $"dotnet test tests/SoftmaxGen.Generator.Tests --filter {nameof(ReleaseTests)}";
        Assert.True(lines.Length == 0, string.Join('\n', [.. lines.Take(20), advice]));
    }

    private static void CheckModel<TModel, T>(Release release)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int classes, int features) = (TModel.Shape.Classes, TModel.Shape.Features);
        double tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-12;
        (double[] weights, double[] rows, int[] indices) = Sample(classes, features, rowCount: 61);
        T[] own = Convert<T>(rows);
        int[] labels = [.. indices.Select(static index => TModel.Shape.Label(index))];

        CheckPredictions<TModel, T>(TModel.FromWeights(Convert<T>(weights)), weights, rows, tolerance);

        T[] direct = new T[weights.Length];
        (double loss, double[] gradient) = PlainSoftmax.LossAndGradient(weights, rows, indices, features);
        Assert.Equal(loss, TModel.LossAndGradient(Convert<T>(weights), own, labels, direct), tolerance);
        AssertClose(gradient, [.. direct.Select(double.CreateChecked)], tolerance);

        CheckTrainingSet<TModel, T>(weights, own, labels, rows, indices, tolerance);
        TModel trained = TModel.Train(own, labels, _options).Model;
        AssertOptimal([.. trained.Weights.ToArray().Select(double.CreateChecked)], rows, indices, features, typeof(T) == typeof(float) ? 1e-4 : 1e-6);

        // The library's reader and one that knows nothing of models.
        string path = release.ModelFile(typeof(TModel).Name);
        double[] stored = StoredWeights(path);
        TModel loaded = ModelFile.Load<TModel, T>(path);
        Assert.Equal(Convert<T>(stored), loaded.Weights);
        CheckPredictions<TModel, T>(loaded, stored, rows, 16 * tolerance);
        if (typeof(TModel).GetProperty("Pretrained") is { } pretrained)
        {
            TModel baked = (TModel)pretrained.GetValue(null)!;
            Assert.Equal(Convert<T>(stored), baked.Weights);
            CheckPredictions<TModel, T>(baked, stored, rows, 16 * tolerance);
        }
    }

    private static void CheckPredictions<TModel, T>(TModel model, double[] weights, double[] rows, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int classes, int features) = (TModel.Shape.Classes, TModel.Shape.Features);
        T[] own = Convert<T>(rows);
        int rowCount = rows.Length / features;
        int[] labels = new int[rowCount];
        T[] probabilities = new T[rowCount * classes];
        model.PredictBatch(own, labels);
        model.PredictProbabilitiesBatch(own, probabilities);
        for (int i = 0; i < rowCount; i++)
        {
            double[] row = rows[(i * features)..((i + 1) * features)];
            T[] single = new T[classes];
            model.PredictProbabilities(own.AsSpan(i * features, features), single);
            double[] expected = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, row));
            AssertClose(expected, [.. single.Select(double.CreateChecked)], tolerance);
            AssertClose(expected, [.. probabilities[(i * classes)..((i + 1) * classes)].Select(double.CreateChecked)], tolerance);
            Assert.Equal(TModel.Shape.Label(Best(weights, row)), model.Predict(own.AsSpan(i * features, features)));
            Assert.Equal(TModel.Shape.Label(Best(weights, row)), labels[i]);
        }
    }

    // Rows of weight 0 to 2, so that the textbook is asked for a row as often as it weighs.
    private static void CheckTrainingSet<TModel, T>(double[] weights, T[] own, int[] labels, double[] rows, int[] indices, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = TModel.Shape.Features;
        int[] counts = [.. Enumerable.Range(0, labels.Length).Select(static i => i % 3)];
        int[] repeated = [.. counts.SelectMany(static (count, i) => Enumerable.Repeat(i, count))];
        double[] repeatedRows = [.. repeated.SelectMany(i => rows.Skip(i * features).Take(features))];
        using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(own, labels, Convert<T>([.. counts.Select(static count => (double)count)]));

        double[] gradient = new double[weights.Length];
        (double loss, double[] expected) = PlainSoftmax.LossAndGradient(weights, repeatedRows, [.. repeated.Select(i => indices[i])], features);
        Assert.Equal(loss, set.LossAndGradient(weights, gradient), tolerance);
        AssertClose(expected, gradient, tolerance);

        double[] direction = [.. weights.Reverse()];
        double[] product = new double[weights.Length];
        set.HessianProduct(weights, direction, product);
        AssertClose(PlainProduct(weights, direction, repeatedRows, features), product, 4 * tolerance);
        if (TModel.Shape.HasHessian)
        {
            double[] hessian = new double[weights.Length * weights.Length];
            set.Hessian(weights, hessian);
            AssertClose(PlainProduct(weights, direction, repeatedRows, features), SymmetricProduct(hessian, direction), 4 * tolerance);
        }
    }

    // H d: of each row, p_j (d_j x - sum_l p_l d_l x) x.
    private static double[] PlainProduct(double[] weights, double[] direction, double[] rows, int features)
    {
        double[] product = new double[weights.Length];
        double[][] each = [.. rows.Chunk(features)];
        foreach (double[] row in each)
        {
            double[] probabilities = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, row));
            double[] slopes = PlainSoftmax.Scores(direction, row);
            double mean = probabilities.Zip(slopes, static (probability, slope) => probability * slope).Sum();
            for (int i = 0; i < product.Length; i++)
            {
                (int j, int k) = Math.DivRem(i, features + 1);
                product[i] += probabilities[j] * (slopes[j] - mean) * (k == 0 ? 1 : row[k - 1]) / each.Length;
            }
        }

        return product;
    }

    // Of the lower triangle.
    private static double[] SymmetricProduct(double[] matrix, double[] vector)
    {
        int n = vector.Length;
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => matrix[(Math.Max(i, j) * n) + Math.Min(i, j)] * vector[j]))];
    }

    // The objective is convex: where its gradient is zero, it is least.
    private static void AssertOptimal(double[] weights, double[] rows, int[] indices, int features, double tolerance)
    {
        (_, double[] gradient) = PlainSoftmax.LossAndGradient(weights, rows, indices, features);
        Assert.All(gradient, (element, i) => Assert.Equal(0, element + (i % (features + 1) == 0 ? 0 : L2 * weights[i]), tolerance));
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private static int Best(double[] weights, double[] row)
    {
        double[] scores = PlainSoftmax.Scores(weights, row);
        return Array.IndexOf(scores, scores.Max());
    }

    private static double[] StoredWeights(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. document.RootElement.GetProperty("weights").EnumerateArray()
                .SelectMany(static row => row.EnumerateArray())
                .Select(static weight => weight.GetDouble()),
        ];
    }

    // Three tests ask for the same compilation, which takes a while; tests of a class run one by one.
    private static CSharpCompilation Compile(string version)
    {
        if (!_compiled.TryGetValue(version, out CSharpCompilation? compilation))
        {
            compilation = new Release(version).Compile();
            _compiled.Add(version, compilation);
        }

        return compilation;
    }

    private static LoadedAssembly Load(string version)
    {
        if (!_loaded.TryGetValue(version, out LoadedAssembly? assembly))
        {
            assembly = new LoadedAssembly(Compile(version));
            _loaded.Add(version, assembly);
        }

        return assembly;
    }

    private static T[] Convert<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(T.CreateChecked)];

    // Sixteenths are exact in both precisions; odd ones tie no two scores.
    private static (double[] Weights, double[] Rows, int[] Classes) Sample(int classes, int features, int rowCount)
    {
        Random random = new(classes + features);
        return (
            [.. Enumerable.Range(0, classes * (features + 1)).Select(_ => random.Next(-16, 17) / 16.0)],
            [.. Enumerable.Range(0, rowCount * features).Select(_ => random.Next(-32, 33) / 16.0)],
            [.. Enumerable.Range(0, rowCount).Select(i => i < classes ? i : random.Next(classes))]);
    }
}
