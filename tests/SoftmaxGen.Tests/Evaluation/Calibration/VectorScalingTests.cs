using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

public sealed class VectorScalingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Scales_and_biases_have_the_least_log_loss(int seed)
    {
        Heldout heldout = Heldout.Of(seed);
        double[] rowWeights = seed == 2 ? [.. Enumerable.Range(0, heldout.Labels.Length).Select(i => (double)(i % 3))] : [];

        VectorScalingResult<Double3x4> scaled = VectorScaling.Fit(Double3x4.FromWeights(heldout.Weights), heldout.Rows, heldout.Labels, rowWeights);

        double[] scales = [.. scaled.Scales];
        double[] biases = [.. scaled.Biases];
        double best = heldout.Loss(scales, biases, rowWeights);
        AssertClose.Equal(best, scaled.LogLoss, 1e-12, "the log loss");
        AssertClose.Equal(heldout.Loss([1, 1, 1], [0, 0, 0], rowWeights), scaled.LogLossBefore, 1e-12, "the log loss before");
        AssertClose.Equal(0, biases.Sum(), 1e-14, "the sum of the biases");

        // Central differences, and as much to either side: the loss is convex, so this is the optimum.
        foreach (double[] numbers in new[] { scales, biases })
        {
            for (int j = 0; j < 3; j++)
            {
                AssertClose.Equal(0, (With(numbers, j, 1e-5) - With(numbers, j, -1e-5)) / 2e-5, 1e-8, "the slope");
                Assert.True(With(numbers, j, 0.01) > best && With(numbers, j, -0.01) > best);
            }
        }

        double With(double[] numbers, int j, double change)
        {
            numbers[j] += change;
            double loss = heldout.Loss(scales, biases, rowWeights);
            numbers[j] -= change;
            return loss;
        }
    }

    [Fact]
    public void The_model_has_the_scaled_logits()
    {
        Heldout heldout = Heldout.Of(1);

        VectorScalingResult<Double3x4> scaled = VectorScaling.Fit(Double3x4.FromWeights(heldout.Weights), heldout.Rows, heldout.Labels);

        foreach (double[] row in heldout.Rows.Chunk(4))
        {
            double[] probabilities = new double[3];
            scaled.Model.PredictProbabilities(row, probabilities);
            AssertClose.Vector(
                PlainSoftmax.Probabilities(heldout.Scaled(row, [.. scaled.Scales], [.. scaled.Biases])), probabilities, 1e-13, "the probabilities");
        }

        Assert.Equal(0, scaled.Model.Weights[0] + scaled.Model.Weights[5] + scaled.Model.Weights[10], 1e-14);
    }

    [Fact]
    public void Mean_probabilities_become_the_frequencies()
    {
        Heldout heldout = Heldout.Of(4);
        double[] rowWeights = [.. Enumerable.Range(0, heldout.Labels.Length).Select(i => (double)(1 + (i % 2)))];

        VectorScalingResult<Double3x4> scaled = VectorScaling.Fit(Double3x4.FromWeights(heldout.Weights), heldout.Rows, heldout.Labels, rowWeights);

        Assert.Equal([0, 1, 2], scaled.Classes.Select(one => one.Label));
        foreach (ClassCalibration one in scaled.Classes)
        {
            Assert.Equal(heldout.Labels.Select((label, i) => label == one.Label ? rowWeights[i] : 0).Sum() / rowWeights.Sum(), one.Frequency, 1e-14);
            Assert.Equal(one.Frequency, one.MeanProbability, 1e-12);
            Assert.NotEqual(one.Frequency, one.MeanProbabilityBefore, 0.001);
        }
    }

    [Fact]
    public void A_vector_that_is_added_to_all_classes_changes_nothing()
    {
        Heldout heldout = Heldout.Of(5);
        double[] moved = [.. heldout.Weights.Select((weight, i) => weight + (10 * Math.Sin(i % 5)))];

        VectorScalingResult<Double3x4> expected = VectorScaling.Fit(Double3x4.FromWeights(heldout.Weights), heldout.Rows, heldout.Labels);
        VectorScalingResult<Double3x4> scaled = VectorScaling.Fit(Double3x4.FromWeights(moved), heldout.Rows, heldout.Labels);

        AssertClose.Vector([.. expected.Scales], [.. scaled.Scales], 1e-11, "the scales");
        AssertClose.Vector([.. expected.Biases], [.. scaled.Biases], 1e-11, "the biases");
        AssertClose.Vector(expected.Model.Weights.ToArray(), scaled.Model.Weights.ToArray(), 1e-11, "the weights");
    }

    [Fact]
    public void Two_classes_are_logistic_regression_on_the_odds()
    {
        // The logit is +1 or -1; 3 of 4 rows there and 1 of 5 here are of the second class, and so are the calibrated probabilities.
        double[] rows = [1, 1, 1, 1, -1, -1, -1, -1, -1];
        int[] labels = [1, 1, 1, 0, 1, 0, 0, 0, 0];

        VectorScalingResult<Double2x1> scaled = VectorScaling.Fit(Double2x1.FromWeights([0, -0.5, 0, 0.5]), rows, labels);

        Assert.Equal((Math.Log(3) + Math.Log(4)) / 2, scaled.Scales[1], 1e-12);
        Assert.Equal(scaled.Scales[1], scaled.Scales[0]);
        Assert.Equal((Math.Log(3) - Math.Log(4)) / 4, scaled.Biases[1], 1e-12);
        Assert.Equal(-scaled.Biases[1], scaled.Biases[0], 1e-15);
        double[] probabilities = new double[2];
        scaled.Model.PredictProbabilities([1], probabilities);
        Assert.Equal(0.75, probabilities[1], 1e-12);
        scaled.Model.PredictProbabilities([-1], probabilities);
        Assert.Equal(0.2, probabilities[1], 1e-12);
    }

    [Fact]
    public void Saturated_scores_are_mended()
    {
        // Logits of 1e3, of which every fifth is wrong.
        double[] rows = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1000.0 : -1000)];
        int[] labels = [.. rows.Select((x, i) => x > 0 ^ i % 5 == 0 ? 1 : 0)];

        VectorScalingResult<Double2x1> scaled = VectorScaling.Fit(Double2x1.FromWeights([0, -0.5, 0, 0.5]), rows, labels);

        Assert.Equal(Math.Log(4) / 1000, scaled.Scales[1], 1e-12);
        Assert.Equal(200, scaled.LogLossBefore, 1e-9);
    }

    [Fact]
    public void Data_without_an_optimum_are_refused()
    {
        // Separable; separable but for ties; with a third class that can be told from the others; and the same with tiny weights.
        var random = new Random(6);
        Double2x1 two = Double2x1.FromWeights([0, -0.5, 0, 0.5]);
        Refuse("falls for ever", () => VectorScaling.Fit(two, [-2, -1, 1, 2.0], [0, 0, 1, 1]));
        Refuse("falls for ever", () => VectorScaling.Fit(two, [-2, -1, 0, 0, 1, 2.0], [0, 0, 0, 1, 1, 1]));
        Refuse("falls for ever", () => VectorScaling.Fit(two, [-2, -1, 1, 2.0], [0, 0, 1, 1], [1e-12, 1, 1, 1]));
        for (int trial = 0; trial < 50; trial++)
        {
            // Any number of rows on both sides of a gap, random weights: never a fit.
            int count = random.Next(2, 40);
            double[] rows = [.. Enumerable.Range(0, count).Select(i => (i % 2 == 0 ? 1 : -1) * (0.01 + random.NextDouble()))];
            double[] rowWeights = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(10, -6 * random.NextDouble()))];
            Refuse("falls for ever", () => VectorScaling.Fit(two, rows, [.. rows.Select(x => x > 0 ? 1 : 0)], rowWeights));
        }

        Refuse("The class labelled 2 has no row", () => VectorScaling.Fit(Double3x4.FromWeights(Heldout.Of(1).Weights), new double[8], [0, 1]));
        Refuse("nothing to scale", () => VectorScaling.Fit(Double3x4.FromWeights(new double[15]), new double[12], [0, 1, 2]));

        static void Refuse(string message, Action fit) =>
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(fit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        using CultureScope culture = CultureScope.Hostile();

        Double2x1 model = Double2x1.FromWeights([0, -0.5, 0, 0.5]);
        VectorScalingResult<Double2x1> scaled = VectorScaling.Fit(model, [1, 1, 1, 1, -1, -1, -1, -1.0], [1, 1, 1, 0, 0, 0, 0, 1]);

        Assert.StartsWith("scales (1.0986 1.0986), biases (", scaled.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("log loss 0.56234, before 0.56326", scaled.ToString(), StringComparison.Ordinal);
        Assert.Equal("mean probability of 1: 0.5000, before 0.5000; frequency 0.5000", scaled.Classes[1].ToString());
    }

    /// <summary>Rows that a model labels at random, by probabilities that other scales and biases would give.</summary>
    private sealed record Heldout(double[] Weights, double[] Rows, int[] Labels)
    {
        public static Heldout Of(int seed)
        {
            Sample sample = Sample.Of(Double3x4.Shape, 400, seed);
            var unlabelled = new Heldout(sample.Weights, sample.Rows, []);
            var random = new Random(seed);
            int[] labels = [.. sample.Rows.Chunk(4).Select(row =>
            {
                double[] p = PlainSoftmax.Probabilities(unlabelled.Scaled(row, [0.4, 0.8, 0.6], [0.5, -0.5, 0]));
                double u = random.NextDouble();
                return u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
            })];
            return unlabelled with { Labels = labels };
        }

        public double[] Scaled(double[] row, double[] scales, double[] biases)
        {
            double[] scores = PlainSoftmax.Scores(Weights, row);
            double mean = scores.Average();
            return [.. scores.Select((score, j) => (scales[j] * (score - mean)) + biases[j])];
        }

        public double Loss(double[] scales, double[] biases, double[] rowWeights)
        {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < Labels.Length; i++)
            {
                double weight = rowWeights.Length == 0 ? 1 : rowWeights[i];
                sum += weight * PlainSoftmax.Loss(Scaled(Rows[(4 * i)..(4 * (i + 1))], scales, biases), Labels[i]);
                total += weight;
            }

            return sum / total;
        }
    }
}
