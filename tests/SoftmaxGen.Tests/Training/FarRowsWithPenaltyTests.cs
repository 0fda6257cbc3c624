using SoftmaxGen.Data;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Few rows that lie far away, rare features, features that are nearly copies and weights over four decades, with next to no penalty: on the way to the optimum
/// nearly all rows are certain, and where those curve is rounding.
/// </summary>
public sealed class FarRowsWithPenaltyTests
{
    private const int Problems = 250;

    [Fact]
    public void Auto_ends_where_Newton_does_4x7() => Run<Double4x7>(1);

    [Fact]
    public void Auto_ends_where_Newton_does_7x4() => Run<Double7x4>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Auto_ends_where_Newton_does_2x9() => Run<Double2x9>(3);

    [Fact]
    public void A_feature_whose_rows_are_all_certain_is_measured_by_its_penalty()
    {
        // The second feature is 1 in one row of a hundred, whose class is beyond doubt: in the coordinates of a solver that looks again it must not become
        // huge.
        double[] rows = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { i % 5, i == 7 ? 1.0 : 0 })];
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i == 7 ? 1 : i % 3 == 0 ? 1 : 0)];
        using TrainingSet<Double2x2, double> set = Double2x2.CreateTrainingSet(rows, labels);
        var objective = new Objective(set, l2: 1e-8, standardize: true, maxThreads: 1);
        double[] point = [0, 0, -300, 0, 0, 300];
        objective.ToPoint(point);

        objective.Recentre(point, new double[6]);

        // The second derivatives by the weights of the two features are about those by the bias, at most 1.
        Assert.InRange(objective.PenaltyCurvature(1), 0, 1);
        Assert.InRange(objective.PenaltyCurvature(2), 0, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_scale_of_a_feature_is_of_its_rows_and_of_its_penalty(bool standardize)
    {
        const double L2 = 0.3;
        var random = new Random(4);
        double[] rows = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, i % 4) * random.NextDouble())];
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, [.. Enumerable.Range(0, 100).Select(static i => i % 3)]);
        var objective = new Objective(set, L2, standardize, maxThreads: 1);
        double[] point = [.. Enumerable.Range(0, objective.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
        double[] weights = objective.ToWeights(point);
        double[] curvatures = [.. rows.Chunk(4).Select(x => PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, x)).Sum(static p => p * (1 - p)))];

        objective.Recentre(point, new double[objective.ParameterCount]);

        double total = curvatures.Sum();
        for (int k = 0; k < 4; k++)
        {
            double mean = curvatures.Select((c, i) => c * rows[(4 * i) + k]).Sum() / total;
            double variance = curvatures.Select((c, i) => c * Math.Pow(rows[(4 * i) + k] - mean, 2)).Sum() / total;
            double unit = standardize ? ((IMeanLoss)set).Moments.Deviations[k] : 1;

            // The curvature of a class is the mean over rows and classes.
            Assert.Equal(Math.Sqrt(variance + (L2 * unit * unit / (total / (100 * 3)))), objective.Scale(k), 1e-9 * objective.Scale(k));
        }
    }

    [Fact]
    public void A_feature_with_one_value_where_rows_curve_keeps_its_scale()
    {
        // The rows where the feature is 4.3 are nearly certain: what the others have of a deviation is rounding.
        double[] rows = [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 4.3 : 3.3)];
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1 : i % 2)]);
        var objective = new Objective(set, l2: 0, standardize: true, maxThreads: 1);
        double scale = objective.Scale(0);
        double[] point = [0, 0, -70 * 3.3, 70];
        objective.ToPoint(point);

        objective.Recentre(point, new double[4]);

        Assert.Equal(scale, objective.Scale(0));
    }

    [Fact]
    public void Where_all_rows_are_certain_there_still_is_a_Hessian()
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([-1, -2, 1, 2], [0, 0, 1, 1]);
        var objective = new Objective(set, l2: 1e-8, standardize: true, maxThreads: 1);
        double[] point = [0, -350, 0, 350];
        objective.ToPoint(point);

        objective.Recentre(point, new double[4]);

        Assert.True(objective.HasHessian);
        Assert.InRange(objective.Scale(0), 1e-10, 1e10);
    }

    private static void Run<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(seed);
        int converged = 0;
        for (int i = 0; i < Problems; i++)
        {
            (double[] rows, int[] labels, double[] weights) = Draw(TModel.Shape, random);
            var options = new TrainingOptions
            {
                L2 = Math.Pow(10, random.Next(-8, -1)),
                Standardize = random.Next(2) == 0,
                Tolerance = 1e-9,
                MaxIterations = 2000,
            };
            using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels, weights);
            TrainingResult<TModel> newton = SoftmaxTrainer.Train(set, options with { Solver = Solver.Newton });
            TrainingResult<TModel> auto = SoftmaxTrainer.Train(set, options);

            string description = $"problem {i}, {options}: {auto.StopReason} after {auto.Iterations} iterations at {auto.Objective:R}, "
                + $"Newton {newton.StopReason} at {newton.Objective:R}";
            Assert.True(auto.Objective - newton.Objective <= 1e-9 * Math.Max(newton.Objective, 1e-3), description);
            converged += newton.Converged ? 1 : 0;
            Assert.True(auto.Iterations < options.MaxIterations, description);
        }

        Assert.True(converged > Problems * 3 / 4);
    }

    private static (double[] Rows, int[] Labels, double[] Weights) Draw(ModelShape shape, Random random)
    {
        (int classes, int m) = (shape.Classes, shape.Features);
        int count = (int)(2 * classes * Math.Pow(50, random.NextDouble()));
        bool hasCopies = random.Next(3) == 0;
        double[] shares = [.. Enumerable.Range(0, m).Select(_ => random.Next(3) == 0 ? Math.Pow(10, -2 * random.NextDouble()) : 1)];
        double[] rows = [.. Enumerable.Range(0, count * m).Select(i => random.NextDouble() < shares[i % m] ? Gauss(random) : 0)];
        for (int i = 0; i < rows.Length; i += m)
        {
            if (hasCopies)
            {
                rows[i + m - 1] = rows[i] + (1e-6 * Gauss(random));
            }

            double far = random.Next((count / 4) + 1) == 0 ? 1000 : 1;
            for (int k = i; k < i + m; k++)
            {
                rows[k] *= far;
            }
        }

        // Each row has the class of the largest score, give or take some noise, but for the first few: every class has a row that counts.
        double size = Math.Pow(10, (3 * random.NextDouble()) - 1.5);
        double[] truth = [.. Enumerable.Range(0, classes * m).Select(_ => size * Gauss(random))];
        int[] labels = [.. rows.Chunk(m).Select((x, i) => i < classes ? i : Enumerable.Range(0, classes).MaxBy(j => Score(truth.AsSpan(j * m, m), x, random)))];
        double[] weights = [.. labels.Select((_, i) => i >= classes && random.Next(3) == 0 ? 0 : Math.Pow(10, (4 * random.NextDouble()) - 2))];
        return (rows, labels, weights);
    }

    private static double Score(ReadOnlySpan<double> weights, double[] x, Random random)
    {
        double score = Gauss(random);
        for (int k = 0; k < x.Length; k++)
        {
            score += weights[k] * x[k];
        }

        return score;
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
