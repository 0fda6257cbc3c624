using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Answers with a group L1 penalty, with L1 and L2 beside it or not, are the optima of an independent method, and features are chosen or dropped for all
/// classes at once.
/// </summary>
public sealed class GroupLassoTests
{
    private const int Samples = 60;

    [Fact]
    public void Answers_of_2x1_are_optima() => AssertOptima<Double2x1>();

    [Fact]
    public void Answers_of_2x4_are_optima() => AssertOptima<Double2x4>();

    [Fact]
    public void Answers_of_3x2_are_optima() => AssertOptima<Double3x2>();

    [Fact]
    public void Answers_of_3x4_are_optima() => AssertOptima<Double3x4>();

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Answers_of_4x7_are_optima() => AssertOptima<Double4x7>();

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Answers_of_7x4_are_optima() => AssertOptima<Double7x4>();

    [Fact]
    public void Converged_2x8_is_said_only_at_the_optimum() => AssertTruth<Double2x8>();

    [Fact]
    public void Converged_3x9_is_said_only_at_the_optimum() => AssertTruth<Double3x9>();

    [Fact]
    public void Converged_4x4_is_said_only_at_the_optimum() => AssertTruth<Double4x4>();

    [Fact]
    public void Converged_10x4_is_said_only_at_the_optimum() => AssertTruth<Double10x4>();

    [Fact]
    public void Converged_is_said_only_at_the_optimum_where_features_lie_far_from_zero()
    {
        for (int seed = 100; seed < 115; seed++)
        {
            var random = new Random(seed);
            (double[] rows, int[] labels, double[] shifts) = DrawFar(random);
            double strength = Math.Pow(10, -random.Next(4, 6));
            var options = new TrainingOptions { L2 = 0, L1 = seed % 2 == 0 ? strength : 0, GroupL1 = seed % 2 == 0 ? 0 : strength };
            using TrainingSet<Double4x9, double> near = Double4x9.CreateTrainingSet(rows, labels);
            using TrainingSet<Double4x9, double> far = Double4x9.CreateTrainingSet([.. rows.Select((value, i) => value + shifts[i % 9])], labels);

            TrainingResult<Double4x9> truth = SoftmaxTrainer.Train(near, options with { Tolerance = 1e-10, MaxIterations = 2000 });
            TrainingResult<Double4x9> fit = SoftmaxTrainer.Train(far, options);

            // A tenth of the tolerance, and what the terms of the scores are rounded by.
            double rounding = 1e-16 * Enumerable.Range(0, 4 * 9).Max(i => Math.Abs(fit.Model.Weights[(i / 9 * 10) + (i % 9) + 1]) * shifts[i % 9]);
            Assert.True(
                fit.Converged && fit.Objective - truth.Objective <= (1e-7 * truth.Objective) + rounding,
                $"seed {seed}: {fit.Objective:R} where {truth.Objective:R} is reached");
        }
    }

    [Fact]
    public void No_feature_is_chosen_from_the_largest_strength_on_and_one_below()
    {
        var random = new Random(11);
        int samples = 0;
        while (samples < 40)
        {
            var sample = SparseSample.Draw(Double3x4.Shape, random);
            double largest = sample.Problem.LargestGroupL1();
            if (largest == 0)
            {
                // The L1 penalty beside it lets no feature be chosen.
                continue;
            }

            samples++;

            TrainingResult<Double3x4> none = sample.Train<Double3x4>(sample.Options with { GroupL1 = largest * (1 + 1e-7) });
            TrainingResult<Double3x4> some = sample.Train<Double3x4>(sample.Options with { GroupL1 = largest * (1 - 1e-3) });

            Assert.Equal(StopReason.Converged, none.StopReason);
            Assert.Equal(StopReason.Converged, some.StopReason);
            Assert.Equal(0, ChosenFeatures(none.Model.Weights, 5));
            Assert.InRange(ChosenFeatures(some.Model.Weights, 5), 1, 4);
        }
    }

    [Fact]
    public void A_strong_penalty_leaves_the_biases_alone()
    {
        SampleData data = SampleData.Load("wine");

        double[] weights = Double3x13.Train(data.Rows, data.Labels, new TrainingOptions { GroupL1 = 10, Tolerance = 1e-9 }).Model.Weights.ToArray();

        double[] logs = [.. Enumerable.Range(0, 3).Select(j => Math.Log(data.Labels.Count(y => y == j)))];
        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(i % 14 == 0 ? logs[i / 14] - logs.Average() : 0, weights[i], i % 14 == 0 ? 1e-8 : 0);
        }
    }

    [Fact]
    public void Shapes_without_a_Hessian_converge_to_the_same_answers()
    {
        var random = new Random(12);
        for (int i = 0; i < 40; i++)
        {
            var sample = SparseSample.Draw(Double4x7.Shape, random);
            SparseProblem problem = sample.Problem;
            if (problem.Offsets.Length > 0)
            {
                continue;
            }

            var plain = new PlainMeanLoss(4, 7, sample.Rows, problem.Labels, problem.RowWeights);
            var loss = new PlainMeanLoss(4, 7, sample.Rows, problem.Labels, problem.RowWeights) { Shape = plain.Shape with { HasHessian = false } };

            Solution solution = SoftmaxTrainer.Solve(loss, sample.Options);

            double[] expected = problem.Minimize(1e-10);
            Assert.Equal(StopReason.Converged, solution.StopReason);
            Assert.Equal(problem.Value(expected), solution.Objective, 1e-12);
            AssertVector.Close(expected, sample.Penalised(solution.Weights), 1e-4);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(null)]
    public void Pixels_of_digits_are_chosen_for_all_ten_classes(double? l2)
    {
        SampleData data = SampleData.Load("digits");
        var options = new TrainingOptions { GroupL1 = 0.02, L2 = l2, Standardize = false };
        double[] rows = [.. data.Rows.Select(x => x / 16)];

        TrainingResult<Double10x64> result = Double10x64.Train(rows, data.Labels, options);

        double[] weights = result.Model.Weights.ToArray();
        var problem = new SparseProblem
        {
            Classes = 10,
            Rows = rows,
            Labels = data.Labels,
            RowWeights = [.. data.Labels.Select(_ => 1.0)],
            GroupL1 = 0.02,
            L2 = l2 ?? (1.0 / data.RowCount),
        };
        Assert.False(Double10x64.Shape.HasHessian);
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.InRange(problem.Violation(weights), 0, options.Tolerance);
        Assert.Equal(problem.Value(weights), result.Objective, 1e-12);
        AssertWholeColumns(weights, 65);
        Assert.InRange(ChosenFeatures(weights, 65), 20, 50);
        Assert.True(result.Model.Evaluate(rows, data.Labels).Accuracy > 0.9);
    }

    // What docs/evaluation.md says.
    [Fact]
    public void Of_irises_the_petals_are_chosen()
    {
        SampleData data = SampleData.Load("iris");

        double[] weights = Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { GroupL1 = 0.25 }).Model.Weights.ToArray();

        Assert.Equal([false, false, true, true], Enumerable.Range(1, 4).Select(k => weights[k] != 0));
        AssertWholeColumns(weights, 5);
    }

    [Fact]
    public void Single_precision_chooses_the_same_features()
    {
        SampleData data = SampleData.Load("iris");
        foreach (double strength in new[] { 0.01, 0.05, 0.2 })
        {
            var options = new TrainingOptions { GroupL1 = strength, Tolerance = 1e-5 };
            TrainingResult<Double3x4> wide = Double3x4.Train(data.Rows, data.Labels, options with { Tolerance = 1e-9 });
            TrainingResult<Single3x4> narrow = Single3x4.Train(Array.ConvertAll(data.Rows, x => (float)x), data.Labels, options);

            double[] weights = Array.ConvertAll(narrow.Model.Weights.ToArray(), w => (double)w);
            Assert.Equal(StopReason.Converged, narrow.StopReason);
            Assert.Equal(wide.Objective, narrow.Objective, 1e-5);
            AssertVector.Close(wide.Model.Weights, weights, 0.02);
            AssertWholeColumns(weights, 5);
            Assert.Equal(ChosenFeatures(wide.Model.Weights, 5), ChosenFeatures(weights, 5));
        }
    }

    [Fact]
    public void Initial_weights_change_no_answer()
    {
        var random = new Random(13);
        for (int i = 0; i < 40; i++)
        {
            var sample = SparseSample.Draw(Double3x4.Shape, random);
            TrainingResult<Double3x4> result = sample.Train<Double3x4>(sample.Options);
            double[] start = [.. result.Model.Weights.ToArray().Select((w, index) => (w * 2 * random.NextDouble()) + (index % 5 == 0 ? 0 : 0.1))];

            TrainingResult<Double3x4> again = sample.Train<Double3x4>(sample.Options with { InitialWeights = start });

            Assert.Equal(StopReason.Converged, again.StopReason);
            Assert.Equal(result.Objective, again.Objective, 1e-12);
            double[] weights = sample.Penalised(again.Model.Weights);
            AssertVector.Close(sample.Penalised(result.Model.Weights), weights, 1e-4);
            for (int k = 1; k < 5 && sample.Options.L1 == 0; k++)
            {
                // The norm of a column is least where the column adds up to zero.
                Assert.Equal(0, weights[k] + weights[k + 5] + weights[k + 10], 1e-12);
            }
        }
    }

    [Fact]
    public void Cross_validation_and_paths_train_with_it()
    {
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { GroupL1 = 0.05 };

        CrossValidationResult result = CrossValidation.Run<Double3x4, double>(data.Rows, data.Labels, options);
        L2PathResult path = L2Path.Run<Double3x4, double>(data.Rows, data.Labels, [0.01, 0.1], options);

        Assert.All(result.Folds, fold => Assert.Equal(StopReason.Converged, fold.StopReason));
        Assert.All(path.Points.SelectMany(point => point.CrossValidation.Folds), fold => Assert.Equal(StopReason.Converged, fold.StopReason));
    }

    [Fact]
    public void There_are_no_standard_errors()
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, data.Labels);
        TrainingResult<Double3x4> result = SoftmaxTrainer.Train(set, new TrainingOptions { GroupL1 = 0.05, L2 = 0 });

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => result.Inference(set));

        Assert.Contains("with an L1 penalty, of weights or of groups,", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertOptima<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(TModel.Shape.ParameterCount);
        int columns = TModel.Shape.Features + 1;
        int dropped = 0;
        int chosen = 0;
        for (int i = 0; i < Samples; i++)
        {
            var sample = SparseSample.Draw(TModel.Shape, random);

            TrainingResult<TModel> result = sample.Train<TModel>(sample.Options);

            string description = $"Sample {i}, {sample.Options}: {result.StopReason}, gradient {result.GradientNorm:R}";
            Assert.True(result.StopReason == StopReason.Converged, description);
            double[] weights = sample.Penalised(result.Model.Weights);
            double[] expected = sample.Problem.Minimize(1e-10);
            double least = sample.Problem.Value(expected);
            Assert.True(sample.Problem.Violation(weights) <= 1.1e-9, description);
            Assert.True(Math.Abs(result.Objective - least) <= 1e-11 * least && sample.Problem.Value(weights) <= least * (1 + 1e-11), description);
            AssertVector.Close(expected, weights, 1e-4);
            int zeros = 0;
            for (int k = 1; k < columns; k++)
            {
                bool isDropped = Enumerable.Range(0, TModel.Shape.Classes).All(j => weights[(j * columns) + k] == 0);
                bool isDroppedThere = Enumerable.Range(0, TModel.Shape.Classes).All(j => expected[(j * columns) + k] == 0);
                Assert.True(isDropped == isDroppedThere, description);
                zeros += isDropped ? 1 : 0;
            }

            if (sample.Options.L1 == 0)
            {
                AssertWholeColumns(weights, columns);
            }

            dropped += zeros;
            chosen += columns - 1 - zeros;
        }

        Assert.True(dropped > Samples / 10 && chosen > Samples / 10);
    }

    // By the conditions of Karush, Kuhn and Tucker, and by the objective of a fit to a tolerance a thousand times as tight.
    private static void AssertTruth<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(TModel.Shape.ParameterCount);
        int converged = 0;
        for (int i = 0; i < Samples; i++)
        {
            var sample = SparseSample.Draw(TModel.Shape, random);
            TrainingOptions options = sample.Options with { Tolerance = 1e-6, GroupL1 = Math.Pow(10, -4 * random.NextDouble()), MaxIterations = 200 };
            SparseProblem problem = sample.Problem.With(options.GroupL1);

            TrainingResult<TModel> result = sample.Train<TModel>(options);

            string description = $"Sample {i}, {options}: {result.StopReason}, gradient {result.GradientNorm:R}";
            if (result.StopReason != StopReason.Converged)
            {
                // Weak penalties on classes that nearly separate take many iterations of L-BFGS.
                Assert.True(result.StopReason == StopReason.MaxIterations && result.Solver == Solver.Lbfgs, description);
                continue;
            }

            converged++;
            TrainingResult<TModel> tight = sample.Train<TModel>(options with { Solver = Solver.Newton, Tolerance = 1e-9, MaxIterations = 2000 });
            double[] weights = sample.Penalised(result.Model.Weights);
            Assert.True(problem.Violation(weights) <= 1e-6 + 1e-12, description);
            Assert.True(Math.Abs(problem.Value(weights) - result.Objective) <= 1e-12, description);
            Assert.True(result.Objective <= tight.Objective * (1 + 1e-6), description);
            if (options.L1 == 0)
            {
                AssertWholeColumns(weights, TModel.Shape.Features + 1);
            }
        }

        Assert.True(converged >= 0.9 * Samples, $"{converged} converged.");
    }

    // A column has no zero or nothing but zeros.
    private static void AssertWholeColumns(double[] weights, int columns)
    {
        for (int k = 1; k < columns; k++)
        {
            int zeros = Enumerable.Range(0, weights.Length / columns).Count(j => weights[(j * columns) + k] == 0);
            Assert.True(zeros == 0 || zeros == weights.Length / columns, $"Column {k} has {zeros} zeros.");
        }
    }

    private static int ChosenFeatures(ReadOnlySpan<double> weights, int columns)
    {
        double[] copy = weights.ToArray();
        return Enumerable.Range(1, columns - 1).Count(k => Enumerable.Range(0, copy.Length / columns).Any(j => copy[(j * columns) + k] != 0));
    }

    // Whole multiples of 1/512, which are exact wherever they are shifted to.
    private static (double[] Rows, int[] Labels, double[] Shifts) DrawFar(Random random)
    {
        int count = random.Next(12, 48);
        double[] shifts = [.. Enumerable.Range(0, 9).Select(_ => Math.Round(2e5 * random.NextDouble()))];
        double[] rows = [.. Enumerable.Range(0, count * 9).Select(_ => Math.Round((random.NextDouble() + random.NextDouble() - 1) * 1024) / 512)];
        double[] weights = [.. Enumerable.Range(0, 4 * 9).Select(_ => (random.NextDouble() - 0.5) * 4)];
        int[] labels = [.. rows.Chunk(9).Select((row, i) => i < 4 ? i : Enumerable.Range(0, 4).MaxBy(j =>
            row.Zip(weights.Skip(9 * j), static (x, w) => x * w).Sum() - Math.Log(-Math.Log(random.NextDouble()))))];
        return (rows, labels, shifts);
    }
}
