using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

/// <summary>The bound of how far a penalised objective is above its minimum: its formula in plain loops, and the true distance.</summary>
public sealed class OptimalityGapTests
{
    private const double L2 = 0.05;

    /// <summary>Gets the offset and the scale of the features, which make a row that is centred another row, and whether weights are standardised.</summary>
    public static TheoryData<double, double, bool> Units => new()
    {
        { 0, 1, true }, { 1000, 1, true }, { -50, 1e-6, true }, { 1e9, 1e5, true }, { 30, 1, false }, { -2000, 100, false },
    };

    /// <summary>Where a training comes to a point that the penalty does not prove optimal, a step that is not exact brings it to one that it does.</summary>
    [Fact]
    public void A_proof_takes_fewer_products_than_the_training_takes_passes()
    {
        SampleData data = SampleData.Load("digits");
        TrainingResult<Double10x64> result = Double10x64.Train(data.Rows, data.Labels, new TrainingOptions { L2 = 1e-3 });

        Assert.True(result.Converged);
        Assert.Equal(Solver.Newton, result.Solver);
        Assert.InRange(result.Evaluations, result.Iterations, 2 * result.Iterations);
    }

    /// <summary>
    /// Newton's step <c>d</c> of the biases has <c>g_0'd</c> left, and the weights twice the bound that their slopes after the step have:
    /// <c>sum (g - H d)^2 / curvature</c>. With <c>z</c> for the centred row, <c>g</c> is the mean of <c>(p - y) z</c>, <c>H d</c> that of
    /// <c>(diag(p) - p p') d z</c>.
    /// </summary>
    [Theory]
    [MemberData(nameof(Units))]
    public void What_the_biases_and_the_weights_leave_is_that_of_the_formula(double offset, double scale, bool standardize)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            var random = new Random(seed);
            (double[] rows, int[] labels) = Draw(random, offset, scale);
            var objective = new Objective(new PlainMeanLoss(3, 2, rows, labels), L2, standardize, maxThreads: 1);
            double[] v = [.. Enumerable.Range(0, 9).Select(_ => 0.5 * Normal(random))];

            double actual = OptimalityGap.Bound(objective, new ObjectiveLine(objective, v), double.MaxValue);

            double[][] centred = Centred(rows, objective);
            double[][] p = [.. centred.Select(z => PlainSoftmax.Probabilities([.. v.Chunk(3).Select(row => row.Zip(z, (a, b) => a * b).Sum())]))];
            double[] gradient = [.. Enumerable.Range(0, 9).Select(i => Mean(r => (p[r][i / 3] - (labels[r] == i / 3 ? 1 : 0)) * centred[r][i % 3]))];
            for (int i = 0; i < 9; i++)
            {
                gradient[i] += i % 3 == 0 ? 0 : objective.PenaltyCurvature(i % 3) * v[i];
            }

            double a = Mean(r => p[r][1] * (1 - p[r][1]));
            double b = Mean(r => -p[r][1] * p[r][2]);
            double c = Mean(r => p[r][2] * (1 - p[r][2]));
            double[] d = [0, ((c * gradient[3]) - (b * gradient[6])) / ((a * c) - (b * b)), ((a * gradient[6]) - (b * gradient[3])) / ((a * c) - (b * b))];
            double expected = (gradient[3] * d[1]) + (gradient[6] * d[2]);
            for (int i = 0; i < 9; i++)
            {
                double slope = gradient[i] - Mean(r => p[r][i / 3] * (d[i / 3] - (p[r][1] * d[1]) - (p[r][2] * d[2])) * centred[r][i % 3]);
                expected += i % 3 == 0 ? 0 : slope * slope / objective.PenaltyCurvature(i % 3);
            }

            Assert.Equal(1, actual / expected, 1e-6);

            double Mean(Func<int, double> term) => Enumerable.Range(0, labels.Length).Average(term);
        }
    }

    /// <summary>Near the optimum, which 106-bit arithmetic finds, no more is left than the bound says.</summary>
    [Theory]
    [MemberData(nameof(Units))]
    public void No_more_is_left_than_it_says(double offset, double scale, bool standardize)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            (double[] rows, int[] labels) = Draw(random, offset, scale);
            var loss = new PlainMeanLoss(3, 2, rows, labels);
            double least = new PreciseSoftmax(3, rows, labels, [.. labels.Select(_ => 1.0)], null, L2, standardize, new bool[2]).Minimum();
            var options = new TrainingOptions { L2 = L2, Standardize = standardize, Tolerance = 1e-8 };
            var objective = new Objective(loss, L2, standardize, maxThreads: 1);
            double[] point = [.. SoftmaxTrainer.Solve(loss, options).Weights];
            objective.ToPoint(point);
            for (int i = 0; i < 9; i++)
            {
                point[i] += 0.01 * Normal(random);
            }

            var line = new ObjectiveLine(objective, point);

            double bound = OptimalityGap.Bound(objective, line, double.MaxValue);

            Assert.InRange(line.Value - least, 1e-9, bound);

            // A penalty on raw weights is next to no curvature where features are large, and tells little.
            Assert.True(!standardize || bound < 100 * (line.Value - least), $"{bound} for {line.Value - least}");
        }
    }

    private static (double[] Rows, int[] Labels) Draw(Random random, double offset, double scale)
    {
        // Skew features: the rows that curve most do not lie about the mean.
        double[] rows = [.. Enumerable.Range(0, 200).Select(_ => Math.Exp(Normal(random)))];
        int[] labels = [.. rows.Chunk(2).Select(x =>
        {
            double[] p = PlainSoftmax.Probabilities([0, 1 - x[0], x[1] - 1]);
            double draw = random.NextDouble();
            return draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
        })];
        return ([.. rows.Select(x => scale * (offset + x))], labels);
    }

    private static double[][] Centred(double[] rows, Objective objective)
    {
        double[] means = [.. Enumerable.Range(0, 2).Select(k => rows[k] + rows.Where((_, i) => i % 2 == k).Average(x => x - rows[k]))];
        return [.. rows.Chunk(2).Select(x => new[] { 1, (x[0] - means[0]) / objective.Scale(0), (x[1] - means[1]) / objective.Scale(1) })];
    }

    // Box and Muller.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
