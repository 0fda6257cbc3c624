using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Features that determine one another, as copies do, where nothing is penalised: many weights give the same probabilities. The truth is the optimum of the
/// features without those that the others determine, in 106-bit arithmetic. What is promised of the weights is what <c>TrainingResult.Model</c> says.
/// </summary>
public sealed class CopiedFeatureTests
{
    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    public void A_copy_changes_no_probability(Solver solver)
    {
        double[] x = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
        int[] labels = [0, 0, 1, 0, 1, 0, 1, 1, 1];
        double[] rows = [.. x.SelectMany(value => new[] { value, value })];

        TrainingResult<Double2x2> result = Double2x2.Train(rows, labels, new TrainingOptions { L2 = 0, Solver = solver, Tolerance = 1e-9 });
        TrainingResult<Double2x1> single = Double2x1.Train(x, labels, new TrainingOptions { L2 = 0, Solver = Solver.Newton, Tolerance = 1e-9 });

        // The two weights share what the one had: all of it in the first by Newton's method, halves by a method that moves along gradients.
        ReadOnlySpan<double> w = result.Model.Weights;
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(single.Model.Weights[3], w[4] + w[5], 1e-6);
        if (solver != Solver.Auto)
        {
            Assert.Equal(solver == Solver.Newton ? 0 : w[4], w[5], 1e-9);
        }
    }

    [Theory]
    [InlineData(Solver.Newton, 1e-3)]
    [InlineData(Solver.Lbfgs, 1e-3)]
    [InlineData(Solver.Newton, 1.0)]
    [InlineData(Solver.Lbfgs, 1.0)]
    public void A_penalty_gives_halves(Solver solver, double l2)
    {
        double[] x = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
        int[] labels = [0, 0, 1, 0, 1, 0, 1, 1, 1];
        var options = new TrainingOptions { L2 = l2, Solver = solver, Tolerance = 1e-10, InitialWeights = new[] { 0, 0.5, -2, 0, -0.5, 2 } };

        ReadOnlySpan<double> w = Double2x2.Train([.. x.SelectMany(value => new[] { value, value })], labels, options).Model.Weights;

        Assert.Equal(w[4], w[5], 1e-6);
        Assert.True(w[4] > 0.01);
    }

    [Fact]
    public void Newtons_method_leaves_the_weight_of_the_later_feature_where_it_began()
    {
        double[] x = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
        int[] labels = [0, 0, 1, 0, 1, 0, 1, 1, 1];
        double[] rows = [.. x.SelectMany(value => new[] { value, value })];
        var options = new TrainingOptions { L2 = 0, Solver = Solver.Newton, Tolerance = 1e-9, InitialWeights = new[] { 0, 0.1, -0.25, 0, -0.1, 0.25 } };

        ReadOnlySpan<double> w = Double2x2.Train(rows, labels, options).Model.Weights;

        Assert.Equal(0.25, w[5], 1e-9);
        Assert.Equal(Double2x1.Train(x, labels, new TrainingOptions { L2 = 0, Tolerance = 1e-9 }).Model.Weights[3], w[4] + w[5], 1e-6);
    }

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    public void Random_features_that_others_determine_change_no_probability(Solver solver)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            // Two features; then two more, each a combination of them and of a constant, in other units.
            var random = new Random(seed);
            double[] mix = [.. Enumerable.Range(0, 6).Select(i => i % 3 == 2 ? 3 * random.NextDouble() : random.Next(-2, 3))];
            double unit = Math.Pow(10, random.Next(-3, 4));
            double[] free = [.. Enumerable.Range(0, 240).Select(_ => Normal(random))];
            int[] labels = [.. free.Chunk(2).Select(z => z[0] + Normal(random) > 0.5 ? 0 : z[1] + Normal(random) > 0 ? 1 : 2)];
            double[] rows = [.. free.Chunk(2).SelectMany(z => new[] { z[0], z[1], unit * Combine(z, 0), Combine(z, 3) })];
            double least = new PreciseSoftmax(3, free, labels, [.. labels.Select(_ => 1.0)], null, 0, true, new bool[2]).Minimum();

            TrainingResult<Double3x4> result = Double3x4.Train(rows, labels, new TrainingOptions { L2 = 0, Solver = solver });

            Assert.Equal(StopReason.Converged, result.StopReason);
            Assert.Equal(least, result.Objective, 1e-6 * least);
            for (int column = 0; column < 5; column++)
            {
                double[] weights = [.. Enumerable.Range(0, 3).Select(j => result.Model.Weights[(5 * j) + column])];
                Assert.Equal(0, weights.Sum(), 1e-9 * (1 + weights.Max(Math.Abs)));
                if (solver == Solver.Newton && column >= 3)
                {
                    Assert.All(weights, weight => Assert.Equal(0, weight * (column == 3 ? unit : 1), 1e-6));
                }
            }

            double Combine(double[] z, int first) => (mix[first] * z[0]) + (mix[first + 1] * z[1]) + mix[first + 2];
        }
    }

    // Box and Muller.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
