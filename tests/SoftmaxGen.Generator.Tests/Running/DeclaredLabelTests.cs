using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>
/// Labels as they are: integers in any order and enums with gaps, each beside a model of the same shape whose labels are the indices of the classes. The two
/// are one model by other names, so that every number must agree to the bit and every label be that of the index.
/// </summary>
public class DeclaredLabelTests
{
    private const int Rows = 61;
    private const int Features = 3;

    private static readonly string[] _underlying = ["int", "sbyte", "short", "long", "int"];

    private static readonly MethodInfo _compareListed = Method(nameof(CompareListed));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Labels_go_in_and_come_out_as_they_are(int seed)
    {
        int[] labels = RandomLabels(seed);

        CompareModels(seed, labels, $"[SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] {{ {string.Join(", ", labels)} }})] public partial class Listed;");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Values_of_an_enum_with_gaps_are_labels(int seed)
    {
        string underlying = _underlying[seed % _underlying.Length];
        int[] labels = [.. RandomLabels(seed, underlying == "sbyte" ? 100 : 1000).Order()];
        IEnumerable<string> members = labels.Select((label, index) => string.Create(CultureInfo.InvariantCulture, $"K{index} = {label}"));

        CompareModels(seed, labels, $$"""
            public enum Kind : {{underlying}} { [SoftmaxGen.NotAClass] Unknown = {{Unknown(labels)}}, {{string.Join(", ", members.Reverse())}}, [SoftmaxGen.NotAClass] Again = K0 }
            [SoftmaxGen.SoftmaxModel<Kind>(Features = 3)] public partial class Listed;
            """);
    }

    [Fact]
    public void Labels_that_follow_one_another_are_counted()
    {
        using LoadedAssembly assembly = Load("""
            enum Kind { [SoftmaxGen.NotAClass] Unknown = -1, A = 5, B, C, [SoftmaxGen.NotAClass] More = 9 }
            [SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] { 5, 6, 7 })] partial class Listed;
            [SoftmaxGen.SoftmaxModel(Features = 3, Classes = 3, FirstLabel = 5)] partial class Counted;
            [SoftmaxGen.SoftmaxModel<Kind>(Features = 3)] partial class Typed;
            """);

        Assert.Equal(ShapeOf(assembly, "Counted").Fingerprint, ShapeOf(assembly, "Listed").Fingerprint);
        Assert.Empty(ShapeOf(assembly, "Listed").Labels);
        Assert.Equal((5, 3, 0), (ShapeOf(assembly, "Typed").FirstLabel, ShapeOf(assembly, "Typed").Classes, ShapeOf(assembly, "Typed").Labels.Count));
    }

    [Fact]
    public void The_fingerprint_depends_on_the_labels_and_their_order()
    {
        using LoadedAssembly assembly = Load("""
            [SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] { -1, 1 })] partial class A;
            [SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] { 1, -1 })] partial class B;
            [SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] { -1, 11 })] partial class C;
            [SoftmaxGen.SoftmaxModel(Features = 3, Classes = 2, FirstLabel = -1)] partial class D;
            """);

        Assert.Equal(4, new[] { "A", "B", "C", "D" }.Select(name => ShapeOf(assembly, name).Fingerprint).Distinct().Count());
    }

    [Fact]
    public void Rows_and_labels_of_an_enum_with_gaps_train_and_predict()
    {
        const string source = """
            using System.Linq;
            using SoftmaxGen;

            public enum Risk : byte { [NotAClass] Unknown, High = 200, Low = 10, Medium = 20 }

            public sealed record Client(double Age, bool Owner, [property: Label] Risk Risk);

            [SoftmaxModel<Risk, Client>]
            public sealed partial class RiskModel;

            public static class Probe
            {
                private static readonly Risk[] All = { Risk.Low, Risk.Medium, Risk.High };

                private static readonly Client[] Clients = Enumerable.Range(0, 60).Select(i => new Client(i, i % 2 == 0, All[i / 20])).ToArray();

                public static string Run()
                {
                    RiskModel model = RiskModel.Train(Clients, new TrainingOptions { L2 = 1e-6 }).Model;
                    var labels = new Risk[60];
                    model.PredictBatch(Clients, labels);
                    bool agree = labels.SequenceEqual(Clients.Select(client => model.Predict(client)));
                    Evaluation evaluation = model.Evaluate(Clients);
                    model.PredictTop(Clients[59], new (Risk, double)[3]);
                    return $"{labels[0]} {labels[30]} {labels[59]} {agree} {evaluation.Accuracy >= 0.95} {evaluation.ConfusionMatrix.PerClass[2].Label} {RiskModel.Shape.ClassName(2)}";
                }

                public static string Refuse(int of)
                {
                    Client[] clients = Clients.Select((client, i) => i == 33 ? client with { Risk = Risk.Unknown } : client).ToArray();
                    Risk[] labels = clients.Select(client => client.Risk).ToArray();
                    try
                    {
                        RiskModel.LossAndGradient(new double[9], new double[120], of == 0 ? labels : Clients.Select(client => client.Risk).ToArray(), new double[9]);
                        using var set = of == 1 ? RiskModel.CreateTrainingSet(clients) : RiskModel.CreateTrainingSet(clients, labels);
                        return "nothing is refused";
                    }
                    catch (System.ArgumentException refusal)
                    {
                        return refusal.Message;
                    }
                }
            }
            """;
        using LoadedAssembly assembly = Load(source);

        Assert.Equal("Low Medium High True True 200 High", assembly.Method<Func<string>>("Probe", "Run")());
        Assert.StartsWith(
            "The label of row 33 is 0; labels are 10, 20, 200.", assembly.Method<Func<int, string>>("Probe", "Refuse")(0), StringComparison.Ordinal);
        Assert.StartsWith(
            "The label of row 33 is 0; labels are 10, 20, 200.", assembly.Method<Func<int, string>>("Probe", "Refuse")(1), StringComparison.Ordinal);
        Assert.StartsWith(
            "The label of row 33 is 0; labels are 10, 20, 200.", assembly.Method<Func<int, string>>("Probe", "Refuse")(2), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_labels_where_there_is_no_enum()
    {
        const string source = """
            using SoftmaxGen;

            [SoftmaxModel(Features = 2, Labels = new[] { 7, 3 }, ClassNames = new[] { "ham", "junk mail" })]
            public sealed partial class SpamModel;

            public static class Probe
            {
                private static readonly double[] Rows = { 0, 1, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1 };
                private static readonly string[] Names = { "ham", "ham", "junk mail", "ham", "junk mail", "junk mail" };
                private static readonly int[] Labels = { 7, 7, 3, 7, 3, 3 };

                public static string Run()
                {
                    SpamModel model = SpamModel.Train(Rows, Names, new TrainingOptions { L2 = 1e-3 }).Model;
                    SpamModel numbered = SpamModel.Train(Rows, Labels, new TrainingOptions { L2 = 1e-3 }).Model;
                    using var set = SpamModel.CreateTrainingSet(Rows, Names);
                    bool same = System.MemoryExtensions.SequenceEqual(model.Weights, numbered.Weights) && set.RowCount == 6
                        && model.Evaluate(Rows, Names).LogLoss == model.Evaluate(Rows, Labels).LogLoss;
                    return $"{model.PredictName([0, 1])}, {model.PredictName([5, 0])}, {model.Predict([5, 0])}, {same}";
                }

                public static string Refuse(string name)
                {
                    try
                    {
                        SpamModel.Train(Rows, new[] { "ham", "ham", "ham", name, "ham", "ham" });
                        return "nothing is refused";
                    }
                    catch (System.ArgumentException refusal)
                    {
                        return refusal.Message;
                    }
                }

                public static long Allocated()
                {
                    SpamModel model = SpamModel.FromWeights(new double[6]);
                    System.ReadOnlySpan<double> row = Rows[..2];
                    for (int i = 0; i < 10; i++)
                    {
                        model.PredictName(row);
                        model.Predict(row);
                    }

                    long before = System.GC.GetAllocatedBytesForCurrentThread();
                    for (int i = 0; i < 1000; i++)
                    {
                        model.PredictName(row);
                        model.Predict(row);
                    }

                    return System.GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """;
        using LoadedAssembly assembly = Load(source);
        var refuse = assembly.Method<Func<string?, string>>("Probe", "Refuse");

        Assert.Equal("ham, junk mail, 3, True", assembly.Method<Func<string>>("Probe", "Run")());
        Assert.StartsWith("The label of row 3 is 'Ham'; the classes are 'ham', 'junk mail'.", refuse("Ham"), StringComparison.Ordinal);
        Assert.StartsWith("The label of row 3 is null; the classes are 'ham', 'junk mail'.", refuse(null), StringComparison.Ordinal);
        Assert.Equal(0, assembly.Method<Func<long>>("Probe", "Allocated")());
    }

    [Fact]
    public void An_exported_class_predicts_the_labels()
    {
        using LoadedAssembly assembly = Load("""
            using SoftmaxGen;

            [SoftmaxModel(Features = 1, Labels = new[] { -1, 1, 100 })]
            public sealed partial class Trend;

            public static class Probe
            {
                public static string Source() => Trend.FromWeights([0, 0, 0, 1, -1, 2]).ToCSharp("Exported");
            }
            """);
        using LoadedAssembly exported = new(GeneratorHarness.Compile(Settings.Default, assembly.Method<Func<string>>("Probe", "Source")()));
        var predict = exported.Method<SourceExportTests.PredictRow<double>>("Exported", "Predict");

        Assert.Equal([-1, 1, 100], new[] { predict([-1]), predict([0.5]), predict([2]) });
    }

    private static void CompareModels(int seed, int[] labels, string source)
    {
        string precision = seed % 3 == 0 ? ", Precision = SoftmaxGen.SoftmaxPrecision.Single" : "";
        using LoadedAssembly assembly = Load(
            source.Replace("Features = 3", $"Features = {Features}{precision}", StringComparison.Ordinal),
            $"[SoftmaxGen.SoftmaxModel(Classes = {labels.Length}, Features = {Features}{precision})] public partial class Counted;");
        Type scalar = seed % 3 == 0 ? typeof(float) : typeof(double);
        Type listed = assembly.Assembly.GetType("Listed")!;

        _compareListed.MakeGenericMethod(listed, assembly.Assembly.GetType("Counted")!, scalar)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [seed, labels], null);
    }

    private static void CompareListed<TListed, TCounted, T>(int seed, int[] classLabels)
        where TListed : class, ISoftmaxModel<TListed, T>
        where TCounted : class, ISoftmaxModel<TCounted, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[] rows = [.. Enumerable.Range(0, Rows * Features).Select(_ => T.CreateTruncating(random.Next(-32, 33) / 16.0))];
        int[] indices = [.. Enumerable.Range(0, Rows).Select(row => row < 3 * classLabels.Length ? row % classLabels.Length : random.Next(classLabels.Length))];
        int[] given = [.. indices.Select(index => classLabels[index])];
        var options = new TrainingOptions { L2 = 1e-2 };

        Assert.Equal(classLabels, Enumerable.Range(0, classLabels.Length).Select(TListed.Shape.Label));
        Assert.Equal(Enumerable.Range(0, classLabels.Length), classLabels.Select(TListed.Shape.IndexOf));
        Assert.Equal(classLabels[^1], TListed.Shape.LastLabel);

        TListed model = TListed.Train(rows, given, options).Model;
        TCounted expected = TCounted.Train(rows, indices, options).Model;
        Assert.Equal(expected.Weights, model.Weights);
        Assert.Equal(Predictions(expected, rows).Select(index => classLabels[index]), Predictions(model, rows));
        Assert.Equal(
            Predictions(expected, rows),
            Enumerable.Range(0, Rows).Select(row => TListed.Shape.IndexOf(model.Predict(rows.AsSpan(row * Features, Features)))));

        T[] gradient = new T[TListed.Shape.ParameterCount];
        T[] expectedGradient = new T[gradient.Length];
        Assert.Equal(
            TCounted.LossAndGradient(expected.Weights, rows, indices, expectedGradient), TListed.LossAndGradient(model.Weights, rows, given, gradient));
        Assert.Equal(expectedGradient, gradient);

        Evaluation evaluation = model.Evaluate(rows, given);
        Evaluation expectedEvaluation = expected.Evaluate(rows, indices);
        Assert.Equal(expectedEvaluation.LogLoss, evaluation.LogLoss);
        Assert.Equal(classLabels, evaluation.ConfusionMatrix.PerClass.Select(static metrics => metrics.Label));
        Assert.All(
            indices.Zip(Predictions(expected, rows)),
            pair => Assert.Equal(
                expectedEvaluation.ConfusionMatrix[pair.First, pair.Second], evaluation.ConfusionMatrix[classLabels[pair.First], classLabels[pair.Second]]));
        Assert.Equal(evaluation.ConfusionMatrix.ToString(), new ConfusionMatrix(TListed.Shape, given, Predictions(model, rows)).ToString());
        Assert.Equal(
            CrossValidation.Run<TCounted, T>(rows, indices, options, folds: 3).Folds.Select(static fold => fold.Evaluation.LogLoss),
            CrossValidation.Run<TListed, T>(rows, given, options, folds: 3).Folds.Select(static fold => fold.Evaluation.LogLoss));

        var learner = new OnlineLearner<TListed, T>(model);
        var expectedLearner = new OnlineLearner<TCounted, T>(expected);
        learner.Update(rows.AsSpan(0, Features), given[0]);
        learner.UpdateBatch(rows, given);
        expectedLearner.Update(rows.AsSpan(0, Features), indices[0]);
        expectedLearner.UpdateBatch(rows, indices);
        Assert.Equal(expectedLearner.Snapshot().Weights, learner.Snapshot().Weights);

        foreach (ModelFormat format in Enum.GetValues<ModelFormat>())
        {
            Assert.Equal(model.Weights, ModelFile.Load<TListed, T>(Saved(stream => model.Save(stream, format))).Weights);
            Assert.Throws<ModelFormatException>(() => ModelFile.Load<TCounted, T>(Saved(stream => model.Save(stream, format))));
            Assert.Throws<ModelFormatException>(() => ModelFile.Load<TListed, T>(Saved(stream => expected.Save(stream, format))));
        }

        // Exported rows of weights come back in the order of the labels; of two classes as the difference.
        TListed imported = SklearnImport.Load<TListed, T>(Saved(stream => model.ExportSklearn(stream)));
        Assert.Equal(Predictions(model, rows), Predictions(imported, rows));

        int stranger = Unknown(classLabels);
        string list = string.Join(", ", classLabels);
        given[7] = stranger;
        ArgumentException refusal = Assert.Throws<ArgumentException>("labels", () => TListed.Train(rows, given));
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"The label of row 7 is {stranger}; labels are {list}."), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("labels", () => TListed.LossAndGradient(model.Weights, rows, given, gradient));
        Assert.Throws<ArgumentException>("labels", () => model.Evaluate(rows, given));
        Assert.Throws<ArgumentException>("label", () => learner.Update(rows.AsSpan(0, Features), stranger));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => evaluation.ConfusionMatrix[stranger, classLabels[0]]);
    }

    private static MemoryStream Saved(Action<Stream> save)
    {
        MemoryStream stream = new();
        save(stream);
        stream.Position = 0;
        return stream;
    }

    private static int[] Predictions<TModel, T>(ISoftmaxModel<TModel, T> model, T[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int[] labels = new int[Rows];
        model.PredictBatch(rows, labels);
        return labels;
    }

    // Different, in no order, never one after the other alone; the extremes of int among them where there is room.
    private static int[] RandomLabels(int seed, int reach = int.MaxValue)
    {
        var random = new Random(seed);
        if (reach == int.MaxValue && seed % 4 == 1)
        {
            return [1, -1];
        }

        HashSet<int> labels = reach == int.MaxValue ? [int.MinValue, int.MaxValue] : [-reach, reach];
        int classes = 2 + (seed % 5);
        while (labels.Count < classes)
        {
            labels.Add(random.Next(-100, 100));
        }

        int[] shuffled = [.. labels];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static int Unknown(int[] labels) => Enumerable.Range(-100, 201).First(label => !labels.Contains(label));

    private static ModelShape ShapeOf(LoadedAssembly assembly, string model) =>
        (ModelShape)assembly.Assembly.GetType(model)!.GetProperty(nameof(ISoftmaxModel<,>.Shape))!.GetValue(null)!;

    private static MethodInfo Method(string name) => typeof(DeclaredLabelTests).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private static LoadedAssembly Load(params string[] sources) => new(GeneratorHarness.CompileWithModels(Settings.Default, sources));
}
