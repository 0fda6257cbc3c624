using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class TemperatureScalingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1e-3)]
    [InlineData(1e-100)]
    public void The_temperature_has_the_least_log_loss(double factor)
    {
        (double[] weights, double[] rows, int[] labels) = Heldout(factor);

        TemperatureScalingResult<Double3x4> scaled = TemperatureScaling.Fit(Double3x4.FromWeights(weights), rows, labels);

        double Loss(double temperature) => PlainSoftmax.LossAndGradient(Array.ConvertAll(weights, w => w / temperature), rows, labels).Loss;
        double best = Loss(scaled.Temperature);
        AssertClose.Equal(best, scaled.LogLoss, 1e-12, "the log loss");
        AssertClose.Equal(Loss(1), scaled.LogLossBefore, 1e-12 * Loss(1), "the log loss before");
        AssertClose.Equal(best, scaled.Model.Evaluate(rows, labels).LogLoss, 1e-12, "the scaled model's log loss");

        // The derivative by log T, by central differences, is nought; the loss is convex in 1/T, so this is the optimum.
        double slope = (Loss(scaled.Temperature * 1.001) - Loss(scaled.Temperature / 1.001)) / (2 * Math.Log(1.001));
        AssertClose.Equal(0, slope, 1e-6, "the slope");
        Assert.True(Loss(scaled.Temperature * 1.1) > best + 1e-6 && Loss(scaled.Temperature / 1.1) > best + 1e-6);
    }

    [Fact]
    public void Temperatures_follow_the_scale_of_the_weights()
    {
        (double[] weights, double[] rows, int[] labels) = Heldout(1);
        double temperature = TemperatureScaling.Fit(Double3x4.FromWeights(weights), rows, labels).Temperature;

        double[] hundredfold = Array.ConvertAll(weights, w => 100 * w);
        AssertClose.Equal(
            100 * temperature, TemperatureScaling.Fit(Double3x4.FromWeights(hundredfold), rows, labels).Temperature, 1e-9 * temperature, "the temperature");
    }

    [Fact]
    public void Logistic_regression_on_a_table_has_the_log_odds()
    {
        // Scores (1, -1): probability 1 / (1 + exp(-2 / T)) of the first class, of which there are three rows in four.
        TemperatureScalingResult<Double2x1> scaled = TemperatureScaling.Fit(Double2x1.FromWeights([0, 1, 0, -1]), [1.0, 1, 1, 1], [0, 0, 1, 0]);

        AssertClose.Equal(2 / Math.Log(3), scaled.Temperature, 1e-12, "the temperature");
        AssertClose.Equal(Math.Log(3) / 2, scaled.Model.Weights[1], 1e-12, "the weight");
    }

    [Fact]
    public void Labels_stay_as_they_are_in_single_precision_too()
    {
        Sample sample = Sample.Of(Single3x4.Shape, 200);
        float[] rows = Array.ConvertAll(sample.Rows, x => (float)x);
        Single3x4 model = Single3x4.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w));
        int[] predicted = new int[200];
        model.PredictBatch(rows, predicted);
        int[] labels = [.. predicted.Select((label, i) => i % 3 == 0 ? sample.Labels[i] : label)];

        Single3x4 scaled = TemperatureScaling.Fit(model, rows, labels).Model;

        int[] after = new int[200];
        scaled.PredictBatch(rows, after);
        Assert.Equal(predicted, after);
    }

    [Fact]
    public void Data_without_a_best_temperature_are_refused()
    {
        Double2x1 model = Double2x1.FromWeights([0, 1, 0, -1]);

        Refuse("every row's class has the largest score", [1, 2, -3], [0, 0, 1]);
        Refuse("not above the mean of all scores", [1, 2, -3], [1, 1, 0]);
        Refuse("not above the mean of all scores", [0, 0], [1, 1]);

        void Refuse(string message, double[] rows, int[] labels)
        {
            var exception = Assert.Throws<ArgumentException>(nameof(labels), () => TemperatureScaling.Fit(model, rows, labels));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Scores_far_beyond_the_exponential_have_a_temperature()
    {
        // One row of ten is wrong, with scores of 1e200: b = log 9 / 2e200.
        double[] rows = [.. Enumerable.Repeat(1e200, 10)];
        TemperatureScalingResult<Double2x1> scaled = TemperatureScaling.Fit(Double2x1.FromWeights([0, 1, 0, -1]), rows, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);

        AssertClose.Equal(2e200 / Math.Log(9), scaled.Temperature, 1e190, "the temperature");
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        TemperatureScalingResult<Double2x1> scaled = TemperatureScaling.Fit(Double2x1.FromWeights([0, 1, 0, -1]), [1.0, 1, 1, 1], [0, 0, 1, 0]);
        using CultureScope culture = CultureScope.Hostile();

        Assert.Equal(
            "temperature 1.8205: log loss 0.56234, before 0.62693; mean probability of 0 0.7500, frequency 0.7500", scaled.ToString());
    }

    [Fact]
    public void A_wrong_mean_probability_is_told_and_not_mended()
    {
        // Probabilities of 0.9 and 0.3, whose mean of 0.6 is twice the frequency.
        double low = Math.Log(0.3 / 0.7);
        double high = Math.Log(0.9 / 0.1);
        Double2x1 model = Double2x1.FromWeights([0, 0, low, high - low]);
        double[] rows = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0.0 : 1)];
        int[] labels = [.. Enumerable.Range(0, 20).Select(i => i is 0 or >= 15 ? 1 : 0)];

        TemperatureScalingResult<Double2x1> scaled = TemperatureScaling.Fit(model, rows, labels);

        Assert.Equal([0.7, 0.3], scaled.Classes.Select(one => one.Frequency));
        Assert.Equal(0.6, scaled.Classes[1].MeanProbabilityBefore, 1e-14);
        double[] probabilities = new double[2];
        double mean = rows.Average(x =>
        {
            scaled.Model.PredictProbabilities([x], probabilities);
            return probabilities[1];
        });
        Assert.Equal(mean, scaled.Classes[1].MeanProbability, 1e-14);
        Assert.InRange(mean, 0.45, 0.65);
        Assert.Contains("frequency 0.", scaled.ToString(), StringComparison.Ordinal);

        // What does mend it.
        Assert.Equal(0.3, VectorScaling.Fit(model, rows, labels).Classes[1].MeanProbability, 1e-12);
    }

    // Rows that a model of these weights would label at random by its probabilities, at a temperature of its own.
    private static (double[] Weights, double[] Rows, int[] Labels) Heldout(double factor)
    {
        Sample sample = Sample.Of(Double3x4.Shape, 600);
        var random = new Random(5);
        int[] labels = [.. Enumerable.Range(0, 600).Select(i =>
        {
            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, sample.Rows.AsSpan(i * 4, 4)));
            double u = random.NextDouble();
            return u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
        })];
        return (Array.ConvertAll(sample.Weights, w => factor * w), sample.Rows, labels);
    }
}
