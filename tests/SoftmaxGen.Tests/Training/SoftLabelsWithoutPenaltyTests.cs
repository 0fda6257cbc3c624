using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Soft labels of few rows without a penalty: rows span less than the weights have directions, and along the others the sum over the soft labels is nothing but
/// rounding, which must not look like a loss that falls for ever.
/// </summary>
public sealed class SoftLabelsWithoutPenaltyTests
{
    private const int Problems = 250;

    [Fact]
    public void The_objective_is_that_of_the_model_2x2() => Run<Double2x2>(1);

    [Fact]
    public void The_objective_is_that_of_the_model_2x9() => Run<Double2x9>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void The_objective_is_that_of_the_model_4x7() => Run<Double4x7>(3);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void The_objective_is_that_of_the_model_7x4() => Run<Double7x4>(11);

    private static void Run<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        (int classes, int m) = (TModel.Shape.Classes, TModel.Shape.Features);
        var random = new Random(seed);
        int converged = 0;
        for (int i = 0; i < Problems; i++)
        {
            int count = (int)(2 * classes * Math.Pow(8, random.NextDouble()));
            double[] rows = DrawRows(count, m, random);
            double[] targets = DrawTargets(count, classes, random);
            double[] weights = DrawWeights(count, random);
            var options = new TrainingOptions
            {
                L2 = 0,
                Standardize = random.Next(2) == 0,
                Tolerance = Math.Pow(10, -random.Next(4, 10)),
                Solver = random.Next(2) == 0 ? Solver.Newton : Solver.Lbfgs,
            };
            using var set = new TrainingSet<TModel, double>(new TrainingRows<double> { Rows = rows, Targets = targets, RowWeights = weights });

            TrainingResult<TModel> result = SoftmaxTrainer.Train(set, options);

            (double loss, double[] gradient, double rounding) = LossAndGradient(rows, targets, weights, result.Model.Weights, classes, result.FeatureMoments);
            string description = $"Problem {i}: {result.StopReason} after {result.Iterations} iterations at {result.Objective:R}, by plain loops {loss:R}; "
                + options;
            Assert.True(Math.Abs(loss - result.Objective) <= (result.Converged ? 1e-9 + rounding : 1e-3), $"Rounding {rounding}. {description}");
            if (result.Converged)
            {
                converged++;
                Assert.True(gradient.Max(Math.Abs) <= 2e-4, $"Slopes to {gradient.Max(Math.Abs)}. {description}");
            }
        }

        Assert.True(converged > Problems / 2, $"{converged} converged.");
    }

    private static double[] DrawRows(int count, int m, Random random)
    {
        bool hasFarRow = random.Next(3) == 0;
        bool hasCopies = random.Next(3) == 0;
        bool isHeavy = random.Next(3) == 0;
        double[] units = [.. Enumerable.Range(0, m).Select(_ => isHeavy ? Math.Pow(10, (8 * random.NextDouble()) - 4) : 1)];
        double[] shares = [.. Enumerable.Range(0, m).Select(_ => random.Next(3) == 0 ? Math.Pow(10, -3 * random.NextDouble()) : 1)];
        double[] offsets = [.. Enumerable.Range(0, m).Select(_ => random.Next(3) == 0 ? Math.Pow(10, random.Next(4)) : 0)];
        double[] rows = new double[count * m];
        for (int i = 0; i < count; i++)
        {
            double factor = hasFarRow && random.Next((count / 4) + 1) == 0 ? 1000 : 1;
            for (int k = 0; k < m; k++)
            {
                double x = random.NextDouble() < shares[k] ? Gauss(random) : 0;
                x = isHeavy ? x / Math.Max(1e-3, Math.Abs(Gauss(random))) : x;
                rows[(i * m) + k] = k == m - 1 && hasCopies ? rows[i * m] + (1e-6 * x) : units[k] * (offsets[k] + (factor * x));
            }
        }

        return rows;
    }

    // Some rows count for nothing: those that are left span even less.
    private static double[] DrawWeights(int count, Random random)
    {
        bool isWeighted = random.Next(2) == 0;
        return [.. Enumerable.Range(0, count).Select(i => !isWeighted ? 1 : i > 1 && random.Next(3) == 0 ? 0 : Math.Pow(10, (4 * random.NextDouble()) - 2))];
    }

    private static double[] DrawTargets(int count, int classes, Random random)
    {
        double[] targets = [.. Enumerable.Range(0, count * classes).Select(_ => Math.Pow(random.NextDouble(), 1 + random.Next(10)) + 1e-3)];
        for (int i = 0; i < targets.Length; i += classes)
        {
            double sum = targets.AsSpan(i, classes).ToArray().Sum();
            foreach (ref double q in targets.AsSpan(i, classes))
            {
                q /= sum;
            }
        }

        return targets;
    }

    // The slopes are by the weights of standardised features. The rounding is that of the scores, here and in the library: weights of features that are nearly
    // copies of each other are large, and so are the products that a score is the sum of.
    private static (double Loss, double[] Gradient, double Rounding) LossAndGradient(
        double[] rows, double[] targets, double[] rowWeights, ReadOnlySpan<double> weights, int classes, FeatureMoments moments)
    {
        int m = moments.Means.Length;
        double total = rowWeights.Sum();
        double loss = 0;
        double largest = 0;
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < rowWeights.Length; i++)
        {
            double share = rowWeights[i] / total;
            double[] scores = PlainSoftmax.Scores(weights, rows.AsSpan(i * m, m));
            double[] p = PlainSoftmax.Probabilities(scores);
            for (int j = 0; j < classes; j++)
            {
                double q = targets[(i * classes) + j];
                loss += share * q * PlainSoftmax.Loss(scores, j);
                double products = Math.Abs(weights[j * (m + 1)]);
                gradient[j * (m + 1)] += share * (p[j] - q);
                for (int k = 0; k < m; k++)
                {
                    double z = moments.Deviations[k] == 0 ? 0 : (rows[(i * m) + k] - moments.Means[k]) / moments.Deviations[k];
                    gradient[(j * (m + 1)) + 1 + k] += share * (p[j] - q) * z;
                    products += Math.Abs(weights[(j * (m + 1)) + 1 + k] * rows[(i * m) + k]);
                }

                largest = rowWeights[i] > 0 ? Math.Max(largest, products) : largest;
            }
        }

        return (loss, gradient, 4 * (m + 2) * (double.BitIncrement(1) - 1) * largest);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
