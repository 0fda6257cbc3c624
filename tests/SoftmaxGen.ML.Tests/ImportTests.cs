using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace SoftmaxGen.ML.Tests;

/// <summary>A model that ML.NET has trained gives the probabilities that ML.NET gives.</summary>
public sealed class ImportTests
{
    // ML.NET computes in single precision.
    private const double Rounding = 2e-6;

    private readonly MLContext _ml = new(seed: 1);

    [LongTheory(every: 2)]
    [InlineData(false)]
    [InlineData(true)]
    public void Probabilities_are_those_of_the_trained_model(bool bySdca)
    {
        IDataView data = IrisRow.View(_ml);
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> trained = bySdca
            ? _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(data)
            : _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);

        FlowerModel model = trained.ToSoftmaxModel<FlowerModel, double>(data.Schema);

        float[][] scores = [.. trained.Transform(data).GetColumn<float[]>("Score")];
        string[] met = [.. IrisRow.All.Select(static row => row.Species).Distinct()];
        double[] probabilities = new double[3];
        for (int i = 0; i < scores.Length; i++)
        {
            IrisRow row = IrisRow.All[i];
            model.PredictProbabilities(new Flower(row.PetalWidth, row.SepalLength, row.PetalLength, row.SepalWidth, default), probabilities);
            Assert.All(met.Zip(scores[i]), pair => Assert.Equal(pair.Second, probabilities[(int)Enum.Parse<Species>(pair.First)], Rounding));
        }
    }

    [Fact]
    public void Without_names_classes_and_features_are_those_in_the_same_place()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(IrisRow.All.Select(static row => new NumberRow
        {
            Features = [row.SepalLength, row.SepalWidth, row.PetalLength, row.PetalWidth],
            Label = (uint)Enum.Parse<Species>(row.Species),
        }));
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> trained = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(rows);

        IrisModel model = trained.ToSoftmaxModel<IrisModel, double>(rows.Schema);

        double[] probabilities = new double[3];
        foreach ((float[] scores, IrisRow row) in trained.Transform(rows).GetColumn<float[]>("Score").Zip(IrisRow.All))
        {
            model.PredictProbabilities([row.SepalLength, row.SepalWidth, row.PetalLength, row.PetalWidth], probabilities);
            Assert.All(scores.Zip(probabilities), static pair => Assert.Equal(pair.First, pair.Second, Rounding));
        }
    }

    [Fact]
    public void Other_classes_and_other_shapes_are_refused()
    {
        IDataView data = IrisRow.View(_ml);
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> trained = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);

        ArgumentException names = Assert.Throws<ArgumentException>(() => trained.ToSoftmaxModel<IrisModel, double>(data.Schema));
        ArgumentException sizes = Assert.Throws<ArgumentException>(() => trained.ToSoftmaxModel<PairModel, double>(data.Schema));

        Assert.Contains("'Setosa' in column 'PredictedLabel' is no class of the model; its classes are 1, 2, 3.", names.Message, StringComparison.Ordinal);
        Assert.Contains("3 classes x 4 features; the model has 2 classes x 4 features", sizes.Message, StringComparison.Ordinal);
    }
}

[SoftmaxModel(Classes = 2, Features = 4)]
public sealed partial class PairModel;

/// <summary>A row with keys that have no values.</summary>
public sealed class NumberRow
{
    [VectorType(4)]
#pragma warning disable CA1819 // As ML.NET's examples write it.
    public float[] Features { get; set; } = [];
#pragma warning restore CA1819

    // ML.NET counts from 0 in objects, and takes what is beyond for missing.
    [KeyType(3)]
    public uint Label { get; set; }
}
