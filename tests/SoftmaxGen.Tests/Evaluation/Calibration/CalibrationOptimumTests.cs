using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Online;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

/// <summary>
/// Temperatures, scales and biases to eight digits, against solvers of their own in plain loops: bisection for the one number, Newton's method with Gauss's
/// elimination for the others.
/// </summary>
public sealed class CalibrationOptimumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_temperature_is_the_root_of_the_slope(int seed)
    {
        (Double3x4 model, double[] rows, int[] labels, double[] rowWeights) = Draw(seed);
        double[][] scores = Scores(model, rows);

        // By b = 1/T the loss has the slope mean(sum_j p_j S_j - S_y), which rises with b.
        (double low, double high) = (1e-6, 1e6);
        for (int i = 0; i < 200; i++)
        {
            double middle = Math.Sqrt(low * high);
            double slope = scores.Select((s, row) => rowWeights[row] * (Expected(s, middle) - s[labels[row]])).Sum();
            (low, high) = slope < 0 ? (middle, high) : (low, middle);
        }

        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels, rowWeights);
        AssertClose.Equal(1, TemperatureScaling.Fit(model, set).Temperature * low, 1e-8, "the temperature by the root");

        static double Expected(double[] s, double b)
        {
            double[] p = PlainSoftmax.Probabilities(Array.ConvertAll(s, score => score * b));
            return p.Zip(s, (one, score) => one * score).Sum();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Scales_and_biases_are_those_of_Newtons_method(int seed)
    {
        (Double3x4 model, double[] rows, int[] labels, double[] rowWeights) = Draw(seed);
        double[][] logits = [.. Scores(model, rows).Select(s => Array.ConvertAll(s, score => score - s.Average()))];

        // The unknowns are s_0, s_1, s_2, b_1, b_2; b_0 is 0. Element i has the class Class(i) and the factor z or 1.
        double[] unknowns = [1, 1, 1, 0, 0];
        for (int iteration = 0; iteration < 100; iteration++)
        {
            double[][] system = [.. Enumerable.Range(0, 5).Select(_ => new double[6])];
            for (int row = 0; row < labels.Length; row++)
            {
                double[] z = logits[row];
                double[] p = PlainSoftmax.Probabilities([unknowns[0] * z[0], (unknowns[1] * z[1]) + unknowns[3], (unknowns[2] * z[2]) + unknowns[4]]);
                for (int i = 0; i < 5; i++)
                {
                    (int j, double factor) = (Class(i), i < 3 ? z[i] : 1);
                    system[i][5] -= rowWeights[row] * factor * (p[j] - (labels[row] == j ? 1 : 0));
                    for (int k = 0; k < 5; k++)
                    {
                        system[i][k] += rowWeights[row] * factor * (k < 3 ? z[k] : 1) * p[j] * ((j == Class(k) ? 1 : 0) - p[Class(k)]);
                    }
                }
            }

            // Far away the steps are shortened; near the optimum they are whole.
            double[] step = PlainElimination.Solve(system);
            double length = Math.Min(1, 1 / step.Max(Math.Abs));
            unknowns = [.. unknowns.Zip(step, (value, change) => value + (length * change))];
        }

        VectorScalingResult<Double3x4> scaled = VectorScaling.Fit(model, rows, labels, rowWeights);

        double mean = (unknowns[3] + unknowns[4]) / 3;
        AssertClose.Vector(unknowns[..3], [.. scaled.Scales], 1e-8, "the scales");
        AssertClose.Vector([-mean, unknowns[3] - mean, unknowns[4] - mean], [.. scaled.Biases], 1e-8, "the biases");

        static int Class(int i) => i < 3 ? i : i - 2;
    }

    /// <summary>Models whose scores are nearly the same or thousands apart, few rows and many, weights of rows over eight powers of ten.</summary>
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Whatever_the_scores_and_weights_are_the_optimum_is_found_or_there_is_none()
    {
        int fits = 0;
        for (int seed = 1; seed <= 800; seed++)
        {
            var random = new Random(seed);
            double factor = Math.Pow(10, (10 * random.NextDouble()) - 5);
            double noise = random.NextDouble();
            double[] weights = [.. Enumerable.Range(0, 15).Select(_ => factor * OnlineStream.Normal(random))];
            double[] rows = [.. Enumerable.Range(0, 4 * random.Next(3, 200)).Select(_ => OnlineStream.Normal(random))];
            double[][] scores = Scores(Double3x4.FromWeights(weights), rows);
            int[] labels = [.. scores.Select(s => random.NextDouble() < noise ? random.Next(3) : Array.IndexOf(s, s.Max()))];
            double[] rowWeights = [.. labels.Select(_ => random.Next(3) == 0 ? Math.Pow(10, (8 * random.NextDouble()) - 6) : 1)];
            double[] shares = Array.ConvertAll(rowWeights, weight => weight / rowWeights.Sum());
            double before = Loss(scores);

            fits += Fit(() =>
            {
                using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels, rowWeights);
                double temperature = TemperatureScaling.Fit(Double3x4.FromWeights(weights), set).Temperature;
                double after = Loss(Divided(temperature));
                Assert.True(
                    after <= (1 + 1e-12) * Math.Min(before, Math.Min(Loss(Divided(0.99 * temperature)), Loss(Divided(1.01 * temperature)))), $"seed {seed}");
            });
            fits += Fit(() =>
            {
                double[][] after = Scores(VectorScaling.Fit(Double3x4.FromWeights(weights), rows, labels, rowWeights).Model, rows);
                Assert.True(Loss(after) <= before * (1 + 1e-12), $"seed {seed}");
                for (int j = 0; j < 3; j++)
                {
                    double mean = after.Select((s, i) => shares[i] * PlainSoftmax.Probabilities(s)[j]).Sum();
                    Assert.Equal(labels.Select((label, i) => label == j ? shares[i] : 0).Sum(), mean, 1e-8);
                }
            });

            double Loss(double[][] ofRows) => ofRows.Select((s, i) => shares[i] * PlainSoftmax.Loss(s, labels[i])).Sum();

            double[][] Divided(double temperature) => Array.ConvertAll(scores, s => Array.ConvertAll(s, score => score / temperature));
        }

        // The rest can be told apart, or no better than at random.
        Assert.InRange(fits, 1200, 1600);

        static int Fit(Action fit)
        {
            try
            {
                fit();
                return 1;
            }
            catch (ArgumentException)
            {
                return 0;
            }
        }
    }

    private static double[][] Scores(Double3x4 model, double[] rows) =>
        [.. rows.Chunk(4).Select(row => PlainSoftmax.Scores(model.Weights, row))];

    // Labels by probabilities of other scales and biases than the model's.
    private static (Double3x4 Model, double[] Rows, int[] Labels, double[] RowWeights) Draw(int seed)
    {
        Sample sample = Sample.Of(Double3x4.Shape, 300, seed);
        var random = new Random(seed);
        int[] labels = [.. sample.Rows.Chunk(4).Select(row =>
        {
            double[] s = PlainSoftmax.Scores(sample.Weights, row);
            double[] p = PlainSoftmax.Probabilities([(0.5 * s[0]) + 0.4, (0.9 * s[1]) - 0.3, 0.7 * s[2]]);
            double draw = random.NextDouble();
            return draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
        })];
        double[] rowWeights = [.. labels.Select(_ => seed % 2 == 0 ? 1 : 0.5 + random.NextDouble())];
        return (Double3x4.FromWeights(sample.Weights), sample.Rows, labels, rowWeights);
    }
}
