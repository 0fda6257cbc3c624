using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// What <see cref="TrainingOptions.L2"/> says of its default: it is one over the sum of the rows' weights, so that weights of another scale are another
/// penalty. The truth is the least objective in 106-bit arithmetic, and slopes that weights of <c>1/n</c> shrink.
/// </summary>
public sealed class DefaultPenaltyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Weights_that_add_up_to_one_make_it_one_and_scaled_to_a_mean_of_one_nothing_else(int seed)
    {
        (double[] rows, int[] labels) = Draw(seed, 100);
        double[] even = [.. labels.Select(_ => 1.0 / labels.Length)];

        TrainingResult<Double2x1> shrunk = Train(rows, labels, even);
        TrainingResult<Double2x1> scaled = Train(rows, labels, [.. even.Select(w => w * labels.Length)]);
        TrainingResult<Double2x1> plain = Double2x1.Train(rows, labels);

        Assert.Equal(Least(rows, labels, even, 1), shrunk.Objective, 1e-7);
        Assert.Equal(Least(rows, labels, even, 0.01), scaled.Objective, 1e-7);
        AssertVector.Close(plain.Model.Weights, scaled.Model.Weights, 1e-12);
        Assert.InRange(Slope(shrunk) / Slope(plain), 0.1, 0.35);
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Weights_of_any_scale_are_the_penalty_of_their_sum()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            (double[] rows, int[] labels) = Draw(seed, 60);
            double scale = Math.Pow(10, (6 * random.NextDouble()) - 3);
            double[] weights = [.. labels.Select(_ => scale * (0.2 + random.NextDouble()))];

            TrainingResult<Double2x1> result = Train(rows, labels, weights);

            Assert.Equal(StopReason.Converged, result.StopReason);
            double least = Least(rows, labels, weights, 1 / weights.Sum());
            Assert.Equal(least, result.Objective, 1e-6 * least);
        }
    }

    [Fact]
    public void A_row_of_weight_two_is_as_good_as_two()
    {
        (double[] rows, int[] labels) = Draw(4, 50);
        double[] twice = [.. rows.Concat(rows)];

        TrainingResult<Double2x1> result = Train(rows, labels, [.. labels.Select(_ => 2.0)]);

        Assert.Equal(Double2x1.Train(twice, [.. labels, .. labels]).Objective, result.Objective, 1e-8);
        Assert.NotEqual(Double2x1.Train(rows, labels).Objective, result.Objective, 1e-4);
    }

    private static (double[] Rows, int[] Labels) Draw(int seed, int count)
    {
        var random = new Random(seed);
        double[] rows = [.. Enumerable.Range(0, count).Select(_ => (4 * random.NextDouble()) - 2)];
        return (rows, [.. rows.Select(x => random.NextDouble() < 1 / (1 + Math.Exp(-2 * x)) ? 1 : 0)]);
    }

    private static TrainingResult<Double2x1> Train(double[] rows, int[] labels, double[] rowWeights)
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, labels, rowWeights);
        return SoftmaxTrainer.Train(set);
    }

    private static double Least(double[] rows, int[] labels, double[] rowWeights, double l2) =>
        new PreciseSoftmax(2, rows, labels, rowWeights, null, l2, true, new bool[1]).Minimum();

    private static double Slope(TrainingResult<Double2x1> result) => result.Model.Weights[3] - result.Model.Weights[1];
}
