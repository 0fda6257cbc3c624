using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Typed;

/// <summary>Predictions from rows as they are, and labels that are an enum's: the answers of the spans, and of the textbook.</summary>
public class RowPredictionTests
{
    // Two whole tiles of a batch and a part of one.
    private readonly FlowerSample _sample = FlowerSample.Of(700);

    [Fact]
    public void A_label_is_the_same_in_every_form()
    {
        var spans = SpeciesModel.FromWeights(_sample.Weights);
        var structs = FlowerModel.FromWeights(_sample.Weights);
        var classes = FlowerClassModel.FromWeights(_sample.Weights);
        var singles = SingleFlowerModel.FromWeights([.. _sample.Weights.Select(static weight => (float)weight)]);
        Species[] expected = _sample.Expected();

        for (int i = 0; i < expected.Length; i++)
        {
            double[] features = _sample.Rows[(i * 4)..((i * 4) + 4)];
            Assert.Equal(expected[i], spans.Predict(features));
            Assert.Equal(expected[i], structs.Predict(features));
            Assert.Equal(expected[i], structs.Predict(_sample.Flowers[i]));
            Assert.Equal(expected[i], structs.Predict(in _sample.Flowers[i]));
            Assert.Equal(expected[i], classes.Predict(_sample.Objects[i]));
            Assert.Equal(expected[i], singles.Predict(_sample.Flowers[i]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void A_batch_of_labels_is_that_of_its_rows(int count)
    {
        Species[][] batches = [.. Enumerable.Range(0, 4).Select(_ => new Species[count])];
        SpeciesModel.FromWeights(_sample.Weights).PredictBatch(_sample.Rows.AsSpan(0, count * 4), batches[0]);
        FlowerModel.FromWeights(_sample.Weights).PredictBatch(_sample.Flowers.AsSpan(0, count), batches[1]);
        FlowerClassModel.FromWeights(_sample.Weights).PredictBatch(_sample.Objects.AsSpan(0, count), batches[2]);
        SingleFlowerModel.FromWeights([.. _sample.Weights.Select(static weight => (float)weight)]).PredictBatch(_sample.Flowers.AsSpan(0, count), batches[3]);

        Assert.All(batches, batch => Assert.Equal(_sample.Expected().Take(count), batch));
    }

    [Fact]
    public void Scores_and_probabilities_are_those_of_the_features()
    {
        var model = FlowerModel.FromWeights(_sample.Weights);
        double[][] scores = _sample.Scores();
        double[] actual = new double[3];
        double[] batch = new double[3 * scores.Length];
        model.PredictProbabilitiesBatch(_sample.Flowers, batch);

        for (int i = 0; i < scores.Length; i++)
        {
            model.PredictScores(_sample.Flowers[i], actual);
            Assert.Equal(scores[i], actual);

            model.PredictProbabilities(_sample.Flowers[i], actual);
            double[] powers = [.. scores[i].Select(score => Math.Exp(score - scores[i].Max()))];
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(powers[k] / powers.Sum(), actual[k], 1e-14);
                Assert.Equal(actual[k], batch[(i * 3) + k], 1e-13);
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var structs = FlowerModel.FromWeights(_sample.Weights);
        var classes = FlowerClassModel.FromWeights(_sample.Weights);
        var labels = new Species[_sample.Flowers.Length];
        double[] probabilities = new double[3 * labels.Length];

        AssertAllocation.None(() => structs.Predict(_sample.Flowers[3]));
        AssertAllocation.None(() => classes.Predict(_sample.Objects[3]));
        AssertAllocation.None(() => structs.PredictProbabilities(_sample.Flowers[3], probabilities.AsSpan(0, 3)));
        AssertAllocation.None(() => structs.PredictBatch(_sample.Flowers, labels));
        AssertAllocation.None(() => structs.PredictProbabilitiesBatch(_sample.Flowers, probabilities));
    }

    [Fact]
    public void Features_are_copied_in_the_order_of_the_model()
    {
        double[] features = new double[4];
        FlowerModel.CopyFeatures(_sample.Flowers[5], features);

        Assert.Equal(_sample.Rows[20..24], features);
        Assert.Equal(["SepalLength", "SepalWidth", "PetalLength", "PetalWidth"], FlowerModel.Shape.FeatureNames);
        Assert.Equal(["Setosa", "Versicolor", "Virginica"], FlowerModel.Shape.ClassNames);
    }

    [Fact]
    public void Every_type_of_number_is_read_and_a_bool_counts_one_or_zero()
    {
        Readings readings = new()
        {
            SByte = -1,
            Byte = 200,
            Int16 = -300,
            UInt16 = 60_000,
            Int32 = -70_000,
            UInt32 = 4_000_000_000,
            Int64 = -5_000_000_000,
            UInt64 = 18_000_000_000_000_000_000,
            IntPtr = -7,
            UIntPtr = 8,
            Half = (Half)0.5,
            Single = 1.5f,
            Double = 2.5,
            Decimal = 3.5m,
            Boolean = true,
        };
        double[] features = new double[MoodModel.Features];

        MoodModel.CopyFeatures(readings, features);
        Assert.Equal([-1, 200, -300, 60_000, -70_000, 4e9, -5e9, 18e18, -7, 8, 0.5, 1.5, 2.5, 3.5, 1], features);

        MoodModel.CopyFeatures(readings with { Boolean = false }, features);
        Assert.Equal(0, features[14]);
    }

    [Fact]
    public void Members_of_a_base_come_first_and_those_with_an_order_before_all()
    {
        double[] features = new double[GradeModel.Features];

        GradeModel.CopyFeatures(new Exams<double>.Script { First = 1, @class = 2, Seventh = 7, Minus = -1, Name = "x" }, features);

        Assert.Equal(["Minus", "Seventh", "First", "class", "Replaced", "Hidden"], GradeModel.Shape.FeatureNames);
        Assert.Equal([-1, 7, 1, 2, 11, 21], features);
    }

    [Fact]
    public void A_row_that_is_null_is_named()
    {
        var model = FlowerClassModel.FromWeights(_sample.Weights);
        var rows = (FlowerClass[])_sample.Objects.Clone();
        rows[300] = null!;

        Assert.Throws<ArgumentNullException>("features", () => model.Predict((FlowerClass)null!));
        Assert.Throws<ArgumentNullException>("features", () => model.PredictScores((FlowerClass)null!, new double[3]));
        Assert.Throws<ArgumentNullException>("features", () => model.PredictProbabilities((FlowerClass)null!, new double[3]));
        Assert.Throws<ArgumentNullException>("row", () => FlowerClassModel.CopyFeatures(null!, new double[4]));
        ArgumentNullException[] exceptions =
        [
            Assert.Throws<ArgumentNullException>("rows", () => model.PredictBatch(rows, new Species[rows.Length])),
            Assert.Throws<ArgumentNullException>("rows", () => model.PredictProbabilitiesBatch(rows, new double[3 * rows.Length])),
            Assert.Throws<ArgumentNullException>("rows", () => FlowerClassModel.CreateTrainingSet(rows).Dispose()),
            Assert.Throws<ArgumentNullException>("rows", () => FlowerClassModel.CreateTrainingSet(rows, _sample.Labels).Dispose()),
            Assert.Throws<ArgumentNullException>("rows", () => FlowerClassModel.Train(rows)),
        ];
        Assert.All(exceptions, static exception => Assert.Contains("Row 300 is null.", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Lengths_are_checked()
    {
        var model = FlowerModel.FromWeights(_sample.Weights);

        Assert.Throws<ArgumentException>("features", () => FlowerModel.CopyFeatures(_sample.Flowers[0], new double[5]));
        Assert.Throws<ArgumentException>("scores", () => model.PredictScores(_sample.Flowers[0], new double[2]));
        Assert.Throws<ArgumentException>("probabilities", () => model.PredictProbabilities(_sample.Flowers[0], new double[4]));
        Assert.Throws<ArgumentException>("labels", () => model.PredictBatch(_sample.Flowers, new Species[699]));
        Assert.Throws<ArgumentException>("probabilities", () => model.PredictProbabilitiesBatch(_sample.Flowers, new double[2101]));
        Assert.Throws<ArgumentException>("labels", () => FlowerModel.Train(_sample.Flowers, _sample.Labels.AsSpan(1)));
        Assert.Throws<ArgumentException>("rows", () => FlowerModel.Train([]));
    }
}
