using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Trainings with weak penalties that have kinks, on classes that are all but separable: along some directions the objective curves a million times less than
/// along others. They converge, and to the optimum by its dual problem, wherever the features lie and whatever their units are.
/// </summary>
public sealed class WeakPenaltyTests
{
    private const int Problems = 60;
    private const int FarProblems = 800;

    [Fact]
    public void Trainings_2x9_converge() => Run<Double2x9>(1);

    [Fact]
    public void Trainings_3x4_converge() => Run<Double3x4>(2);

    [Fact]
    public void Trainings_4x9_converge() => Run<Double4x9>(3);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Trainings_10x4_converge() => Run<Double10x4>(4);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Trainings_4x30_converge() => Run<Double4x30>(5);

    [Fact]
    public void Trainings_2x2_with_a_far_row_converge() => RunFarRows<Double2x2>(2);

    [Fact]
    public void Trainings_3x4_with_a_far_row_converge() => RunFarRows<Double3x4>(6);

    [Fact]
    public void A_tolerance_within_the_rounding_of_the_gradient_is_that_rounding()
    {
        var random = new Random(7);
        for (int i = 0; i < Problems; i++)
        {
            (double[] rows, int[] labels, double[] shifts, _) = Draw(Double3x4.Shape, random);
            double strength = Math.Pow(10, -1 - (2 * random.NextDouble()));
            var options = new TrainingOptions { Standardize = false, L1 = i % 2 == 0 ? strength : 0, GroupL1 = i % 2 == 0 ? 0 : strength, Tolerance = 1e-10 };

            TrainingResult<Double3x4> result = Double3x4.Train([.. rows.Select((x, at) => x + shifts[at % shifts.Length])], labels, options);

            Assert.True(result.Converged, $"problem {i}: {result.StopReason} after {result.Iterations} at {result.GradientNorm:R}");
        }
    }

    // On the way there all rows but the far one, or all but the others, are certain.
    private static void RunFarRows<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(seed);
        (int classes, int m) = (TModel.Shape.Classes, TModel.Shape.Features);
        for (int i = 0; i < FarProblems; i++)
        {
            int count = random.Next(2 * classes, 14);
            double[] rows = [.. Enumerable.Range(0, count * m).Select(_ => Gauss(random))];
            int far = random.Next(count);
            double distance = Math.Pow(10, random.Next(1, 6));
            for (int k = 0; k < m; k++)
            {
                rows[(far * m) + k] *= distance;
            }

            int[] labels = [.. Enumerable.Range(0, count).Select(row => row < classes ? row : random.Next(classes))];
            double[] offsets = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, count * classes).Select(_ => 3 * Gauss(random))];
            var options = new TrainingOptions
            {
                L2 = random.Next(2) == 0 ? 0 : Math.Pow(10, -8 * random.NextDouble()),
                Standardize = random.Next(2) == 0,
            };
            double strength = Math.Pow(10, -1 - (4 * random.NextDouble()));
            options = random.Next(2) == 0 ? options with { L1 = strength } : options with { GroupL1 = strength };
            using var set = new TrainingSet<TModel, double>(new TrainingRows<double> { Rows = rows, Labels = labels, Offsets = offsets });

            TrainingResult<TModel> result = SoftmaxTrainer.Train(set, options);

            string description = $"problem {i}, {options}: {result.StopReason} after {result.Iterations} iterations at {result.Objective:R}";
            Assert.True(result.Converged, description);
            if (!options.Standardize)
            {
                var problem = new SparseProblem
                {
                    Classes = classes, Rows = rows, Labels = labels, RowWeights = [.. labels.Select(static _ => 1.0)], Offsets = offsets,
                    L1 = options.L1, GroupL1 = options.GroupL1, L2 = options.L2 ?? 0,
                };
                double[] weights = result.Model.Weights.ToArray();

                // Scores are rounded as the far row's, and so are residuals, by which its features are multiplied.
                double rounding = 1e-15 * weights.Max(Math.Abs) * distance * distance;
                Assert.True(problem.Violation(weights) <= 1e-6 + rounding, $"{description}, the gradient is {problem.Violation(weights):R}");
                Assert.True(Math.Abs(problem.Value(weights) - result.Objective) <= 1e-7 * result.Objective, description);
            }
        }
    }

    private static void Run<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(seed);
        for (int i = 0; i < Problems; i++)
        {
            (double[] rows, int[] labels, double[] shifts, double[] units) = Draw(TModel.Shape, random);
            double strength = Math.Pow(10, -2 - (3 * random.NextDouble()));
            var options = new TrainingOptions { Standardize = false, L2 = 0, L1 = i % 2 == 0 ? strength : 0, GroupL1 = i % 2 == 0 ? 0 : strength };
            var problem = new SparseProblem
            {
                Classes = TModel.Shape.Classes, Rows = rows, Labels = labels, RowWeights = [.. labels.Select(static _ => 1.0)],
                L1 = options.L1, GroupL1 = options.GroupL1,
            };
            string description = $"problem {i}, {options}";

            TrainingResult<TModel> best = TModel.Train(rows, labels, options with { Tolerance = 1e-13 });
            double least = problem.LowerBound(best.Model.Weights.ToArray());
            Assert.True(best.Objective - least <= 1e-7 * least, $"{description}: {best.StopReason} at {best.Objective:R}, which is not proved to be below {least:R}");

            Check(TModel.Train(rows, labels, options), 0, "as they are");
            TrainingResult<TModel> far = TModel.Train([.. rows.Select((x, at) => x + shifts[at % shifts.Length])], labels, options);
            Check(far, 1e-16 * far.Model.Weights.ToArray().Max(Math.Abs) * shifts.Max(), "far from zero");

            // The penalty of standardised features knows no units.
            TrainingResult<TModel> standardised = TModel.Train(rows, labels, options with { Standardize = true });
            TrainingResult<TModel> scaled = TModel.Train([.. rows.Select((x, at) => x * units[at % units.Length])], labels, options with { Standardize = true });
            Assert.True(standardised.Converged && scaled.Converged, $"{description}: {standardised.StopReason} and {scaled.StopReason} in other units");
            Assert.Equal(standardised.Objective, scaled.Objective, 2e-7 * standardised.Objective);

            void Check(TrainingResult<TModel> result, double rounding, string where) => Assert.True(
                result.Converged && result.Objective - least <= (2e-7 * least) + rounding,
                $"{description} {where}: {result.StopReason} after {result.Iterations} iterations at {result.Objective:R}, where {least:R} is the minimum");
        }
    }

    // Whole multiples of 1/512, which are exact wherever they are shifted to.
    private static (double[] Rows, int[] Labels, double[] Shifts, double[] Units) Draw(ModelShape shape, Random random)
    {
        (int classes, int m) = (shape.Classes, shape.Features);
        int count = classes * random.Next(3, 12);
        double[] rows = [.. Enumerable.Range(0, count * m).Select(_ => Math.Round((random.NextDouble() + random.NextDouble() - 1) * 1024) / 512)];
        double[] weights = [.. Enumerable.Range(0, classes * m).Select(_ => (random.NextDouble() - 0.5) * 4)];
        int[] labels = [.. rows.Chunk(m).Select((row, i) => i < classes ? i : Enumerable.Range(0, classes).MaxBy(j =>
            row.Zip(weights.Skip(m * j), static (x, w) => x * w).Sum() - Math.Log(-Math.Log(random.NextDouble()))))];
        double[] shifts = [.. Enumerable.Range(0, m).Select(_ => Math.Round(2e5 * random.NextDouble()))];
        double[] units = [.. Enumerable.Range(0, m).Select(_ => Math.ScaleB(1, random.Next(-100, 100)))];
        return (rows, labels, shifts, units);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
