using System.Reflection;
using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Messages;

/// <summary>Labels 1 to C where 0 to C-1 are wanted are answered with <c>FirstLabel</c>, and classes without rows by name, by whatever takes labels.</summary>
public sealed class LabelAdviceTests
{
    private static readonly double[] _rows = [.. Enumerable.Range(0, 48).Select(i => Math.Sin(i))];
    private static readonly int[] _fromOne = [.. Enumerable.Range(0, 12).Select(i => 1 + (i % 3))];
    private static readonly int[] _oneOrTwo = [.. Enumerable.Range(0, 48).Select(i => 1 + (i % 2))];
    private static readonly Double3x4 _model = Double3x4.FromWeights([.. Enumerable.Range(0, 15).Select(i => Math.Cos(i))]);
    private static readonly Double2x1 _two = Double2x1.FromWeights([0, 1, 0, -1]);

    // The type and the member, and a call with labels that begin at 1.
    private static readonly (Type Type, string Member, Action Call)[] _calls =
    [
        (typeof(Double3x4), "Train", () => _ = Double3x4.Train(_rows, _fromOne).Converged),
        (typeof(Double3x4), "CreateTrainingSet", () => Double3x4.CreateTrainingSet(_rows, _fromOne)),
        (typeof(Double3x4), "LossAndGradient", () => Double3x4.LossAndGradient(new double[15], _rows, _fromOne, new double[15])),
        (typeof(TrainingSet<,>), ".ctor", () => _ = new TrainingSet<Double3x4, double>(_rows, _fromOne)),
        (typeof(TrainingSet<,>), ".ctor", () => _ = new TrainingSet<Double3x4, double>(new() { Rows = _rows, Labels = _fromOne })),
        (typeof(TrainingSetBuilder<,>), "Add", static () =>
        {
            using var builder = new TrainingSetBuilder<Double3x4, double>();
            builder.Add(_rows, _fromOne);
        }),
        (typeof(EvaluationExtensions), "Evaluate", () => _model.Evaluate(_rows, _fromOne)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<Double3x4, double>(_rows, _fromOne)),
        (typeof(L2Path), "Run", () => L2Path.Run<Double3x4, double>(_rows, _fromOne)),
        (typeof(TemperatureScaling), "Fit", () => TemperatureScaling.Fit(_model, _rows, _fromOne)),
        (typeof(VectorScaling), "Fit", () => VectorScaling.Fit(_model, _rows, _fromOne)),
        (typeof(PlattScaling), "Fit", () => PlattScaling.Fit(_two, _rows, _oneOrTwo)),
        (typeof(IsotonicCalibration), "Create", () => IsotonicCalibration.Create(_two, _rows, _oneOrTwo)),
        (typeof(PriorCorrection), "RemoveClassWeights", () => PriorCorrection.RemoveClassWeights(_model, ClassWeights.Balanced, _fromOne)),
        (typeof(RocCurve), "Create", () => RocCurve.Create(_model, _rows, _fromOne, positiveLabel: 1)),
        (typeof(PrecisionRecallCurve), "Create", () => PrecisionRecallCurve.Create(_two, _rows, _oneOrTwo)),
        (typeof(ThresholdCurve), "Create", () => ThresholdCurve.Create(_two, _rows, _oneOrTwo)),
        (typeof(OneVersusRest), "Create", () => OneVersusRest.Create(_model, _rows, _fromOne)),
        (typeof(ImportanceExtensions), "PermutationImportance", () => _model.PermutationImportance(_rows, _fromOne)),
        (typeof(ImportanceExtensions), "PermutationImportanceByGroup", () => _model.PermutationImportanceByGroup(_rows, _fromOne)),
        (typeof(OnlineLearner<,>), "UpdateBatch", () => new OnlineLearner<Double3x4, double>().UpdateBatch(_rows, _fromOne)),
        (typeof(OnlineLearner<,>), "UpdateBatch", () => new OnlineLearner<Double3x4, double>(
            new OnlineOptions { Method = OnlineMethod.Sgd }).UpdateBatch(_rows, _fromOne)),
        (typeof(ConfusionMatrix), ".ctor", () => _ = new ConfusionMatrix(Double3x4.Shape, _fromOne, new int[12])),
        (typeof(ConfusionMatrix), ".ctor", () => _ = new ConfusionMatrix(Double3x4.Shape, new int[12], _fromOne)),
    ];

    // A call with flowers of which none is of the class Virginica, or a single one where there must be several.
    private static readonly Dictionary<string, Func<Flower[], object?>> _withoutVirginica = new()
    {
        ["Train"] = flowers => FlowerModel.Train(flowers),
        ["SoftmaxTrainer.Train"] = flowers => Of(flowers, set => SoftmaxTrainer.Train(set)),
        ["CrossValidation"] = flowers => Of(flowers, set => CrossValidation.Run(set)),
        ["CrossValidation of rows"] = flowers => CrossValidation.Run<FlowerModel, double>(Features(flowers), Numbers(flowers)),
        ["L2Path"] = flowers => Of(flowers, set => L2Path.Run(set)),
        ["VectorScaling"] = flowers => Of(flowers, set => VectorScaling.Fit(Model(), set)),
        ["OneVersusRest"] = flowers => Of(flowers, set => OneVersusRest.Create(Model(), set)),
        ["RocCurve"] = flowers => Of(flowers, set => RocCurve.Create(Model(), set, positiveLabel: (int)Species.Virginica)),
        ["PrecisionRecallCurve"] = flowers => Of(flowers, set => PrecisionRecallCurve.Create(Model(), set, positiveLabel: (int)Species.Virginica)),
        ["ThresholdCurve"] = flowers => Of(flowers, set => ThresholdCurve.Create(Model(), set, positiveLabel: (int)Species.Virginica).BestF1()),
        ["FindSeparation"] = flowers => Of(flowers, set => throw new ArgumentException(set.FindSeparation()!.ToString())),
    };

    public static TheoryData<int> Calls => [.. Enumerable.Range(0, _calls.Length)];

    public static TheoryData<string> WithoutVirginica => [.. _withoutVirginica.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Labels_that_begin_at_one_suggest_the_first_label(int call)
    {
        var exception = Assert.Throws<ArgumentException>(_calls[call].Call);

        Assert.Contains("declare the model with FirstLabel = 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_that_takes_labels_is_called()
    {
        IEnumerable<(Type, string)> members = typeof(SoftmaxTrainer).Assembly.GetExportedTypes()
            .Where(static type => type is { IsInterface: false, Namespace: "SoftmaxGen" })
            .Append(typeof(Double3x4))
            .SelectMany(static type => type.GetMethods().Concat<MethodBase>(type.GetConstructors()), static (type, member) => (type, member))
            .Where(static one => one.member.GetParameters().Any(static parameter =>
                parameter.ParameterType == typeof(ReadOnlySpan<int>) && parameter.Name is "labels" or "actual" or "predicted"))
            .Where(static one => one.member.GetParameters().Any(static parameter => parameter.ParameterType == typeof(ReadOnlySpan<int>)))
            .Select(static one => (one.type, one.member.Name));

        Assert.Empty(members.Distinct().Except(_calls.Select(static call => (call.Type, call.Member))));
    }

    [Theory]
    [MemberData(nameof(WithoutVirginica))]
    public void A_class_without_rows_is_named_as_the_enum_names_it(string member)
    {
        var random = new Random(3);
        Flower[] flowers = [.. Enumerable.Range(0, 40).Select(i =>
            new Flower(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), (Species)(i % 2)))];

        var exception = Assert.ThrowsAny<ArgumentException>(() => _withoutVirginica[member](flowers));

        Assert.Contains("Virginica", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("classTotals", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_fewer_rows_than_folds_is_named_too()
    {
        Flower[] flowers = [.. Enumerable.Range(0, 41).Select(i => new Flower(i, i % 3, i % 5, i % 7, i == 40 ? Species.Virginica : (Species)(i % 2)))];

        Assert.Contains(
            "Virginica", Assert.ThrowsAny<ArgumentException>(() => Of(flowers, set => CrossValidation.Run(set))).Message, StringComparison.Ordinal);
    }

    private static FlowerModel Model() => FlowerModel.FromWeights([.. Enumerable.Range(0, 15).Select(i => Math.Cos(i))]);

    private static double[] Features(Flower[] flowers) =>
        [.. flowers.SelectMany(flower => new[] { flower.SepalLength, flower.SepalWidth, flower.PetalLength, flower.PetalWidth })];

    private static int[] Numbers(Flower[] flowers) => Array.ConvertAll(flowers, flower => (int)flower.Species);

    private static object? Of(Flower[] flowers, Func<TrainingSet<FlowerModel, double>, object?> call)
    {
        using TrainingSet<FlowerModel, double> set = FlowerModel.CreateTrainingSet(flowers);
        return call(set);
    }
}
