using SoftmaxGen.TestModels.Data;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>Rows of weight w count like w rows, everywhere; sets bring rows, labels and weights of the user's types.</summary>
public sealed class WeightedEvaluationTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whole_weights_count_like_repeated_rows(int seed)
    {
        var random = new Random(seed);
        int n = 30 + random.Next(60);
        double[] rows = [.. Enumerable.Range(0, n * 4).Select(_ => (random.NextDouble() * 4) - 2)];
        int[] labels = [.. Enumerable.Range(0, n).Select(_ => random.Next(3))];
        double[] weights = [.. labels.Select(_ => (double)random.Next(4))];
        int[] repeated = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        double[] repeatedRows = [.. repeated.SelectMany(i => rows[(i * 4)..((i + 1) * 4)])];
        int[] repeatedLabels = [.. repeated.Select(i => labels[i])];
        double[] modelWeights = [.. Enumerable.Range(0, 15).Select(_ => (random.NextDouble() * 2) - 1)];
        var model = Double3x4.FromWeights(modelWeights);
        var single = Single3x4.FromWeights(Array.ConvertAll(modelWeights, w => (float)w));
        float[] singleRows = Array.ConvertAll(rows, x => (float)x);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels, weights);

        Evaluation expected = model.Evaluate(repeatedRows, repeatedLabels);

        AssertSame(expected, model.Evaluate(rows, labels, weights));
        AssertSame(expected, model.Evaluate(set));
        AssertSame(
            single.Evaluate(Array.ConvertAll(repeatedRows, x => (float)x), repeatedLabels),
            single.Evaluate(singleRows, labels, Array.ConvertAll(weights, w => (float)w)));
        Assert.Equal(weights.Count(w => w > 0), model.Evaluate(rows, labels, weights).RowCount);

        TemperatureScalingResult<Double3x4> scaled = TemperatureScaling.Fit(Calibratable(), set);
        TemperatureScalingResult<Double3x4> scaledRepeated = TemperatureScaling.Fit(Calibratable(), repeatedRows, repeatedLabels);
        AssertClose.Equal(scaledRepeated.Temperature, scaled.Temperature, 1e-9 * scaled.Temperature, "the temperature");
        AssertClose.Equal(scaledRepeated.LogLoss, scaled.LogLoss, 1e-12, "the loss at the temperature");

        // A model that is better than none on these rows, so that there is a best temperature.
        Double3x4 Calibratable() => Double3x4.Train(repeatedRows, repeatedLabels, new TrainingOptions { L2 = 0.1 }).Model;
    }

    [Fact]
    public void Weighted_metrics_are_those_of_scikit_learn()
    {
        var model = Double3x4.FromWeights(SmallSample.Weights);

        Evaluation evaluation = model.Evaluate(SmallSample.Rows, SmallSample.Labels, SmallSample.RowWeights);

        AssertClose.Equal(SmallSample.LogLoss, model.Evaluate(SmallSample.Rows, SmallSample.Labels).LogLoss, 1e-14, "the log loss without weights");
        AssertClose.Equal(SmallSample.WeightedLogLoss, evaluation.LogLoss, 1e-14, "the log loss");
        AssertClose.Equal(SmallSample.WeightedAccuracy, evaluation.Accuracy, 1e-15, "the accuracy");
        AssertClose.Equal(SmallSample.WeightedBrier, evaluation.Brier, 1e-14, "Brier");
        Assert.Equal(SmallSample.WeightedConfusion, from actual in Enumerable.Range(0, 3)
                                                    from predicted in Enumerable.Range(0, 3)
                                                    select evaluation.ConfusionMatrix.Weight(actual, predicted));
        ConfusionMatrix matrix = evaluation.ConfusionMatrix;
        double[][] metrics =
        [
            .. matrix.PerClass.Select(m => new[] { m.Precision, m.Recall, m.F1 }),
            [matrix.Macro.Precision, matrix.Macro.Recall, matrix.Macro.F1],
            [matrix.Weighted.Precision, matrix.Weighted.Recall, matrix.Weighted.F1],
        ];
        for (int i = 0; i < metrics.Length; i++)
        {
            AssertClose.Vector([1, .. SmallSample.WeightedMetrics[i]], [1, .. metrics[i]], 1e-15, $"line {i}");
        }
    }

    [Fact]
    public void The_matrix_and_the_report_are_of_weights_where_rows_have_some()
    {
        var matrix = new ConfusionMatrix(Double2x1.Shape, [0, 0, 1, 1, 1], [0, 1, 1, 1, 0], [0.5, 2, 1, 0.25, 0]);

        Assert.Equal((4, 3), (matrix.RowCount, matrix.Correct));
        Assert.Equal(3.75, matrix.TotalWeight);
        Assert.Equal(1.75 / 3.75, matrix.Accuracy);
        Assert.Equal((1, 2), (matrix[0, 1], matrix[1, 1]));
        Assert.Equal((2.0, 1.25, 0.0), (matrix.Weight(0, 1), matrix.Weight(1, 1), matrix.Weight(1, 0)));
        Assert.Equal(1.25 / 3.25, matrix.ForClass(1).Precision);
        Assert.Equal((1.0, 2, 1.25), (matrix.ForClass(1).Recall, matrix.ForClass(1).Support, matrix.ForClass(1).Weight));
        Assert.Equal(((0.2 * 2.5) + (1.0 * 1.25)) / 3.75, matrix.Weighted.Recall, 1e-15);
        Assert.Equal("actual \\ predicted    0     1\n0                   0.5     2\n1                     0  1.25\n", matrix.ToString());
        Assert.Throws<ArgumentException>("rowWeights", () => new ConfusionMatrix(Double2x1.Shape, [0, 1], [0, 1], [1.0]));
        Assert.Throws<ArgumentException>("rowWeights", () => new ConfusionMatrix(Double2x1.Shape, [0, 1], [0, 1], [1, -1]));
        Assert.Throws<ArgumentException>("rowWeights", () => new ConfusionMatrix(Double2x1.Shape, [0, 1], [0, 1], [0, 0]));
    }

    [Fact]
    public void A_matrix_takes_labels_of_an_enum()
    {
        FlowerSample sample = FlowerSample.Of(60);
        Species[] predicted = sample.Expected();
        var expected = new ConfusionMatrix(FlowerModel.Shape, sample.Numbers, [.. predicted.Select(label => (int)label)]);

        var matrix = ConfusionMatrix.Of<Species>(FlowerModel.Shape, sample.Labels, predicted);

        Assert.Equal(expected.ToString(), matrix.ToString());
        Assert.Equal(expected[1, 2], matrix.Count(Species.Versicolor, Species.Virginica));
        Assert.Equal((double)expected[1, 2], matrix.Weight(Species.Versicolor, Species.Virginica));
        Assert.Equal(expected.ForClass(2), matrix.ForClass(Species.Virginica));
        Assert.Equal(1, ConfusionMatrix.Of<Mood>(MoodModel.Shape, [Mood.Bad, Mood.Good], [Mood.Bad, Mood.Fair]).Count(Mood.Good, Mood.Fair));
        Assert.Throws<ArgumentException>("predicted", () => ConfusionMatrix.Of<Species>(FlowerModel.Shape, [Species.Setosa], [(Species)3]));
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => matrix.Count((Species)(-1), Species.Setosa));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => matrix.ForClass((Species)7));
    }

    [Fact]
    public void Sets_are_evaluated_like_their_rows()
    {
        FlowerSample sample = FlowerSample.Of(90);
        double[] weights = [.. Enumerable.Range(0, 90).Select(i => 1 + (i % 5))];
        var model = FlowerModel.FromWeights(sample.Weights);
        using TrainingSet<FlowerModel, double> weighted = FlowerModel.CreateTrainingSet(sample.Flowers, weights);
        using TrainingSet<FlowerModel, double> plain = FlowerModel.CreateTrainingSet(sample.Flowers, sample.Labels);

        AssertSame(model.Evaluate(sample.Rows, sample.Numbers, weights), model.Evaluate(weighted));
        AssertSame(model.Evaluate(sample.Flowers, weights), model.Evaluate(weighted));
        AssertSame(model.Evaluate(sample.Flowers, sample.Labels, weights), model.Evaluate(weighted));
        AssertSame(SpeciesModel.FromWeights(sample.Weights).Evaluate(sample.Rows, sample.Labels, weights), model.Evaluate(weighted));
        Assert.Equal(
            CrossValidation.Run<FlowerModel, double>(sample.Rows, sample.Numbers, folds: 3, seed: 4).ToString(),
            CrossValidation.Run(plain, folds: 3, seed: 4).ToString());
        Assert.Equal(
            L2Path.Run<FlowerModel, double>(sample.Rows, sample.Numbers, [0.1, 1], folds: 3, seed: 4).ToString(),
            L2Path.Run(plain, [0.1, 1], folds: 3, seed: 4).ToString());
    }

    [Fact]
    public void Rows_that_are_packed_by_class_come_out_with_their_labels()
    {
        var random = new Random(5);
        double[] rows = [.. Enumerable.Range(0, 500 * 5).Select(_ => (random.NextDouble() * 2) - 1)];
        int[] labels = [.. Enumerable.Range(0, 500).Select(_ => -3 + random.Next(12))];
        double[] weights = [.. labels.Select(_ => random.NextDouble())];
        var model = Double12x5.FromWeights([.. Enumerable.Range(0, 72).Select(_ => (random.NextDouble() * 2) - 1)]);
        using TrainingSet<Double12x5, double> set = Double12x5.CreateTrainingSet(rows, labels, weights);

        AssertSame(model.Evaluate(rows, labels, weights), model.Evaluate(set));
    }

    [Fact]
    public void Folds_are_trained_and_evaluated_by_the_weights_of_their_rows()
    {
        SampleData data = SampleData.Load("wine");
        var random = new Random(3);
        double[] weights = [.. data.Labels.Select(_ => 0.2 + random.NextDouble())];
        var options = new TrainingOptions { L2 = 1e-2, Tolerance = 1e-9 };
        using TrainingSet<Double3x13, double> set = Double3x13.CreateTrainingSet(data.Rows, data.Labels, weights);

        CrossValidationResult result = CrossValidation.Run(set, options, folds: 3, seed: 9);

        int[] foldOfRow = StratifiedFolds.Assign(data.Labels, Double3x13.Shape, 3, 9, "labels");
        for (int fold = 0; fold < 3; fold++)
        {
            int[] others = [.. Enumerable.Range(0, 178).Where(row => foldOfRow[row] != fold)];
            int[] own = [.. Enumerable.Range(0, 178).Where(row => foldOfRow[row] == fold)];
            using TrainingSet<Double3x13, double> training = Double3x13.CreateTrainingSet(
                Rows(others), [.. others.Select(row => data.Labels[row])], [.. others.Select(row => weights[row])]);
            Double3x13 model = SoftmaxTrainer.Train(training, options).Model;
            double loss = own.Sum(row => weights[row] * PlainSoftmax.LossAndGradient([.. model.Weights], Rows([row]), [data.Labels[row]]).Loss);
            AssertClose.Equal(loss / own.Sum(row => weights[row]), result.Folds[fold].Evaluation.LogLoss, 1e-9, $"the log loss of fold {fold}");
        }

        double[] Rows(int[] rows) => [.. rows.SelectMany(row => data.Rows[(row * 13)..((row + 1) * 13)])];
    }

    [Fact]
    public void Sets_without_plain_labels_are_refused()
    {
        var model = Double2x1.FromWeights([0, 1, 0, -1]);
        using var soft = new TrainingSet<Double2x1, double>(new TrainingRows<double> { Rows = [1, 2], Targets = [0.5, 0.5, 0, 1] });
        using var offset = new TrainingSet<Double2x1, double>(new TrainingRows<double> { Rows = [1, 2], Labels = [0, 1], Offsets = [0, 1, 0, 1] });

        Assert.Contains("soft labels", Assert.Throws<ArgumentException>("set", () => model.Evaluate(soft)).Message, StringComparison.Ordinal);
        Assert.Contains("offsets", Assert.Throws<ArgumentException>("set", () => CrossValidation.Run(offset)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("rowWeights", () => model.Evaluate([1, 2], [0, 1], [0, 0]));
        Assert.Throws<ArgumentException>("rowWeights", () => model.Evaluate([1, 2], [0, 1], [1]));
        Assert.Throws<ArgumentException>("rowWeights", () => model.Evaluate([1, 2], [0, 1], [1, double.NaN]));
    }

    private static void AssertSame(Evaluation expected, Evaluation actual)
    {
        AssertClose.Equal(expected.TotalWeight, actual.TotalWeight, 1e-12 * expected.TotalWeight, "the weight");
        AssertClose.Equal(expected.LogLoss, actual.LogLoss, 1e-12, "the log loss");
        AssertClose.Equal(expected.Brier, actual.Brier, 1e-12, "Brier");
        AssertClose.Equal(expected.Accuracy, actual.Accuracy, 1e-12, "the accuracy");
        AssertClose.Equal(expected.CalibrationError, actual.CalibrationError, 1e-12, "the calibration error");
        AssertClose.Equal(expected.TopKAccuracy(2), actual.TopKAccuracy(2), 1e-12, "the top-2 accuracy");
        AssertClose.Equal(expected.ConfusionMatrix.Macro.F1, actual.ConfusionMatrix.Macro.F1, 1e-12, "the macro F1");
        AssertClose.Equal(expected.ConfusionMatrix.Weighted.Precision, actual.ConfusionMatrix.Weighted.Precision, 1e-12, "the weighted precision");
        foreach ((ClassMetrics one, ClassMetrics other) in expected.ConfusionMatrix.PerClass.Zip(actual.ConfusionMatrix.PerClass))
        {
            AssertClose.Equal(one.Weight, other.Weight, 1e-12 * expected.TotalWeight, "the weight of a class");
            AssertClose.Equal(one.Recall, other.Recall, 1e-12, "the recall of a class");
        }
    }
}
