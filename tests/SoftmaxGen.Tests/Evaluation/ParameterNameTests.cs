using System.Reflection;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>The name in an exception is one that the caller knows: that of a parameter of the member that was called.</summary>
public sealed class ParameterNameTests
{
    private static readonly FlowerSample _sample = FlowerSample.Of(30);
    private static readonly FlowerModel _model = FlowerModel.FromWeights(_sample.Weights);
    private static readonly double[] _rows = _sample.Rows;
    private static readonly int[] _labels = _sample.Numbers;
    private static readonly int[] _twoClasses = [.. _labels.Select(label => Math.Min(label, 1))];
    private static readonly Species[] _twoSpecies = [.. _twoClasses.Select(label => (Species)label)];
    private static readonly Flower[] _twoFlowers = [.. _sample.Flowers.Select(flower => flower with { Species = (Species)Math.Min((int)flower.Species, 1) })];
    private static readonly TrainingOptions _weightsOfFour = new() { ClassWeights = ClassWeights.Of(1, 2, 3, 4) };
    private static readonly TrainingOptions _bad = new() { MissingClasses = (MissingClasses)9 };

    // The type, the member, and a call with an argument that is not valid.
    private static readonly (Type Type, string Member, Func<object?> Call)[] _calls =
    [
        (typeof(SoftmaxTrainer), "Train", () => SoftmaxTrainer.Train<FlowerModel, double>(null!)),
        (typeof(SoftmaxTrainer), "Train", () => With(_twoFlowers, set => SoftmaxTrainer.Train(set))),
        (typeof(SoftmaxTrainer), "Train", () => With(_sample.Flowers, set => SoftmaxTrainer.Train(set, _weightsOfFour))),
        (typeof(SoftmaxTrainer), "Train", () => With(_sample.Flowers, set => SoftmaxTrainer.Train(set, _bad))),
        (typeof(SoftmaxTrainer), "Train", () => With(_sample.Flowers, set => SoftmaxTrainer.Train(set, new(), validationSet: null!))),
        (typeof(FlowerModel), "Train", () => FlowerModel.Train(_twoFlowers)),
        (typeof(FlowerModel), "Train", () => FlowerModel.Train(_sample.Flowers, _twoSpecies)),
        (typeof(FlowerModel), "Train", () => FlowerModel.Train(_sample.Flowers, _weightsOfFour)),
        (typeof(FlowerModel), "Train", () => FlowerModel.Train(_rows, _twoSpecies)),
        (typeof(FlowerModel), "Train", () => FlowerModel.Train(_rows, _twoSpecies.AsSpan(1))),
        (typeof(FlowerModel), "CreateTrainingSet", () => FlowerModel.CreateTrainingSet(_sample.Flowers, [1.0])),
        (typeof(FlowerModel), "CreateTrainingSet", () => FlowerModel.CreateTrainingSet(_rows, [.. _twoSpecies[1..], (Species)8])),
        (typeof(FlowerModel), "Evaluate", () => _model.Evaluate(_sample.Flowers, [1.0])),
        (typeof(FlowerModel), "Evaluate", () => _model.Evaluate(_sample.Flowers, _twoSpecies.AsSpan(1))),
        (typeof(FlowerModel), "Evaluate", () => _model.Evaluate([])),
        (typeof(EvaluationExtensions), "Evaluate", () => _model.Evaluate(_rows, _labels, new double[30])),
        (typeof(EvaluationExtensions), "Evaluate", () => _model.Evaluate(_rows, [9, .. _labels[1..]])),
        (typeof(EvaluationExtensions), "Evaluate", () => Overflowing.Evaluate([1e300, .. _rows[1..]], _labels)),
        (typeof(EvaluationExtensions), "Evaluate", () => With(_sample.Flowers.Append(new Flower(1e300, 1, 1, 1, 0)), set => Overflowing.Evaluate(set))),
        (typeof(EvaluationExtensions), "Evaluate", () => EvaluationExtensions.Evaluate<FlowerModel, double>(null!, _rows, _labels)),
        (typeof(EvaluationExtensions), "Evaluate", () => _model.Evaluate(set: null!)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(_rows, _twoClasses)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(_rows, _labels, folds: 1)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(_rows, _labels, _bad)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(_rows, _labels, _weightsOfFour)),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(_rows.AsSpan(1), _labels)),
        (typeof(CrossValidation), "Run", () => With(_twoFlowers, set => CrossValidation.Run(set))),
        (typeof(CrossValidation), "Run", () => CrossValidation.Run<FlowerModel, double>(set: null!)),
        (typeof(L2Path), "Run", () => L2Path.Run<FlowerModel, double>(_rows, _twoClasses)),
        (typeof(L2Path), "Run", () => L2Path.Run<FlowerModel, double>(_rows, _labels, [-1])),
        (typeof(L2Path), "Run", () => L2Path.Run<FlowerModel, double>(_rows, _labels, options: _weightsOfFour)),
        (typeof(L2Path), "Run", () => With(_twoFlowers, set => L2Path.Run(set))),
        (typeof(L2Path), "Run", () => With(_sample.Flowers, set => L2Path.Run(set, []))),
        (typeof(TemperatureScaling), "Fit", () => TemperatureScaling.Fit(_model, _rows, _labels.AsSpan(1))),
        (typeof(TemperatureScaling), "Fit", () => TemperatureScaling.Fit(_model, _rows.AsSpan(0, 4), [(int)_sample.Expected()[0]])),
        (typeof(TemperatureScaling), "Fit", () => With(_sample.Flowers[..1], set => TemperatureScaling.Fit(FlowerModel.FromWeights(new double[15]), set))),
        (typeof(TemperatureScaling), "Fit", () => TemperatureScaling.Fit(_model, set: null!)),
        (typeof(InferenceExtensions), "Inference", () => With(
            _sample.Flowers, set => FlowerModel.Train(_sample.Flowers.AsSpan(0, 20)).Inference(set, CovarianceForm.Sandwich))),
        (typeof(ConfusionMatrix), "Of", () => ConfusionMatrix.Of<Species>(FlowerModel.Shape, [Species.Setosa], [(Species)5])),
        (typeof(ConfusionMatrix), "Of", () => ConfusionMatrix.Of<Species>(FlowerModel.Shape, [Species.Setosa], [])),
        (typeof(ConfusionMatrix), "Of", () => ConfusionMatrix.Of<Species>(FlowerModel.Shape, [Species.Setosa], [Species.Setosa], [0])),
        (typeof(ConfusionMatrix), "Of", () => ConfusionMatrix.Of<Species>(null!, [], [])),
        (typeof(ImportanceExtensions), "PermutationImportance", () => _model.PermutationImportance(_rows, _labels, repeats: 0)),
        (typeof(ImportanceExtensions), "PermutationImportance", () => _model.PermutationImportance(_rows, _labels.AsSpan(2))),
        (typeof(ImportanceExtensions), "PermutationImportance", () => _model.PermutationImportance(set: null!)),
        (typeof(ImportanceExtensions), "PermutationImportanceByGroup", () => _model.PermutationImportanceByGroup(_rows, _labels, repeats: 0)),
        (typeof(ImportanceExtensions), "PermutationImportanceByGroup", () => _model.PermutationImportanceByGroup(_rows, _labels.AsSpan(2))),
        (typeof(ImportanceExtensions), "PermutationImportanceByGroup", () => _model.PermutationImportanceByGroup(set: null!)),
        (typeof(ImportanceExtensions), "StandardizedWeights", () => _model.StandardizedWeights(moments: null!)),
        (typeof(ReferenceExplanations), "ExplainScore", () => _model.ExplainScore(_rows.AsSpan(0, 4), new double[4], 7, new double[4])),
        (typeof(ReferenceExplanations), "ExplainMargin", () => _model.ExplainMargin(_rows.AsSpan(0, 4), [], 0, 1, new double[4])),
        (typeof(ReferenceExplanations), "ExplainScore", () => WithMoments.ExplainScore(_rows.AsSpan(0, 4), 7, new double[4])),
        (typeof(ReferenceExplanations), "ExplainScore", () => WithMoments.ExplainScore(_sample.Flowers[0], Species.Setosa, new double[3])),
        (typeof(ReferenceExplanations), "ExplainMargin", () => WithMoments.ExplainMargin(_sample.Flowers[0], Species.Setosa, (Species)9, new double[4])),
        (typeof(TypedDecisionExtensions), "PredictWith", () => _model.PredictWith(_sample.Flowers[0], 0.5)),
        (typeof(TypedDecisionExtensions), "PredictWith", () => _model.PredictWith(_sample.Flowers[0], new CostMatrix(2, [0, 1, 1, 0]))),
        (typeof(TypedDecisionExtensions), "PredictBatchWith", () => { _model.PredictBatchWith(_sample.Flowers, 0.5, new Species[1]); return null; }),
        (typeof(FlowerModel), "FromWeights", () => FlowerModel.FromWeights(_sample.Weights, new FeatureMoments([1], [1]))),
        (typeof(FeatureMoments), "Of", () => FeatureMoments.Of<FlowerModel, double>(null!)),
        (typeof(FeatureMoments), "Load", () => FeatureMoments.Load<FlowerModel, double>(stream: null!)),
        (typeof(TrainTestSplit), "Of", () => TrainTestSplit.Of<Species>([Species.Setosa])),
        (typeof(TrainTestSplit), "Of", () => TrainTestSplit.Of<Species>(_twoSpecies, 1.5)),
    ];

    private static FlowerModel WithMoments => FlowerModel.FromWeights(_sample.Weights, new FeatureMoments(new double[4], new double[4]));

    private static FlowerModel Overflowing => FlowerModel.FromWeights(Enumerable.Repeat(1e30, 15).ToArray());

    public static TheoryData<int> Calls => [.. Enumerable.Range(0, _calls.Length)];

    [Theory]
    [MemberData(nameof(Calls))]
    public void An_exception_names_a_parameter_of_the_member(int call)
    {
        (Type type, string member, Func<object?> action) = _calls[call];

        var exception = Assert.ThrowsAny<ArgumentException>(action);

        IEnumerable<string?> names = Overloads(type).Where(method => method.Name == member).SelectMany(method => method.GetParameters()).Select(p => p.Name);
        Assert.Contains(exception.ParamName, names);
    }

    [Fact]
    public void Every_member_that_evaluates_is_called()
    {
        Type[] types = [.. _calls.Select(call => call.Type).Distinct().Where(type => type != typeof(FlowerModel))];

        foreach (Type type in types)
        {
            IEnumerable<string> called = _calls.Where(call => call.Type == type).Select(call => call.Member);
            Assert.Empty(Overloads(type).Where(method => method.IsStatic).Select(method => method.Name).Except(called));
        }
    }

    private static IEnumerable<MethodInfo> Overloads(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName);

    private static object? With(IEnumerable<Flower> flowers, Func<TrainingSet<FlowerModel, double>, object?> call)
    {
        using TrainingSet<FlowerModel, double> set = FlowerModel.CreateTrainingSet(flowers.ToArray());
        return call(set);
    }
}
