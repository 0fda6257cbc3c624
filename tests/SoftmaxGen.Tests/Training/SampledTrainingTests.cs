namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Trainings of many rows, which look for the way by a sample of these: the optimum is that of all rows, however badly the sample stands for them.
/// </summary>
public sealed class SampledTrainingTests
{
    private const double L2 = 1e-3;
    private const int Period = 19;

    public static TheoryData<string> Orders => new("as they come", "by class", "by a feature", "in periods", "copies", "one far row");

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_optimum_is_that_of_all_rows_in_whatever_order(string order)
    {
        (double[] rows, int[] labels) = Draw(Double4x8.Shape, 21_000, seed: 1);
        Rearrange(order, rows, labels, Double4x8.Shape.Features);

        AssertSameOptimum<Double4x8>(rows, labels, [], new TrainingOptions { L2 = L2 });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Weights_of_rows_and_classes_soft_labels_and_a_start_do_not_matter(int seed)
    {
        var random = new Random(seed);
        (double[] rows, int[] labels) = Draw(Double4x8.Shape, 20_000 + random.Next(5000), seed);
        double[] rowWeights = [.. labels.Select(_ => random.Next(3) == 0 ? 0 : Math.Pow(10, 2 * random.NextDouble()))];
        var options = new TrainingOptions
        {
            L2 = Math.Pow(10, -6 * random.NextDouble()),
            Standardize = random.Next(2) == 0,
            ClassWeights = random.Next(2) == 0 ? ClassWeights.Balanced : null,
            LabelSmoothing = random.Next(2) * 0.1,
            InitialWeights = random.Next(2) == 0 ? (double[])[.. Enumerable.Range(0, 36).Select(_ => random.NextDouble() - 0.5)] : default,
        };

        AssertSameOptimum<Double4x8>(rows, labels, rowWeights, options);
    }

    [Fact]
    public void Rows_that_can_be_told_apart_have_the_same_optimum()
    {
        (double[] rows, int[] labels) = Draw(Double4x8.Shape, 21_000, seed: 5);
        for (int i = 0; i < labels.Length; i++)
        {
            rows[(i * 8) + labels[i]] += 10;
        }

        AssertSameOptimum<Double4x8>(rows, labels, [], new TrainingOptions { L2 = 1e-6 });
    }

    [Fact]
    public void A_sample_in_which_no_row_counts_is_not_listened_to()
    {
        (double[] rows, int[] labels) = Draw(Double4x8.Shape, 21_000, seed: 8);
        double[] rowWeights = [.. labels.Select(static (_, i) => i % Period == 0 ? 0.0 : 1)];

        AssertSameOptimum<Double4x8>(rows, labels, rowWeights, new TrainingOptions { L2 = L2 });
    }

    [Fact]
    public void A_sample_saves_most_of_the_passes()
    {
        (double[] rows, int[] labels) = Draw(Double10x16.Shape, 60_000, seed: 6);
        var options = new TrainingOptions { L2 = L2 };

        TrainingResult<Double10x16> all = Double10x16.Train(rows, labels, options with { Solver = Solver.Lbfgs });
        TrainingResult<Double10x16> sampled = Double10x16.Train(rows, labels, options);

        Assert.Equal(Solver.Lbfgs, sampled.Solver);
        Assert.InRange(sampled.Evaluations, 2, 8);
        Assert.True(3 * sampled.Evaluations < all.Evaluations, $"{sampled.Evaluations} passes instead of {all.Evaluations}");
    }

    [Fact]
    public void Weights_have_the_same_bits_in_every_training_and_for_any_number_of_threads()
    {
        (double[] rows, int[] labels) = Draw(Double4x8.Shape, 24_000, seed: 7);
        using TrainingSet<Double4x8, double> set = Double4x8.CreateTrainingSet(rows, labels);
        var options = new TrainingOptions { L2 = L2 };
        double[] weights = SoftmaxTrainer.Train(set, options).Model.Weights.ToArray();

        Assert.Equal(weights, SoftmaxTrainer.Train(set, options).Model.Weights.ToArray());
        Assert.Equal(weights, SoftmaxTrainer.Train(set, options with { MaxThreads = 3 }).Model.Weights.ToArray());
        Assert.Equal(weights, Double4x8.Train(rows, labels, options).Model.Weights.ToArray());
    }

    private static void AssertSameOptimum<TModel>(double[] rows, int[] labels, double[] rowWeights, TrainingOptions options)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var set = new TrainingSet<TModel, double>(rows, labels, rowWeights);
        options = options with { Tolerance = 1e-8, MaxIterations = 1000 };

        TrainingResult<TModel> all = SoftmaxTrainer.Train(set, options with { Solver = Solver.Lbfgs });
        TrainingResult<TModel> sampled = SoftmaxTrainer.Train(set, options);

        Assert.Equal(StopReason.Converged, all.StopReason);
        Assert.Equal(StopReason.Converged, sampled.StopReason);
        Assert.Equal(all.Objective, sampled.Objective, 1e-9 * all.Objective);
        AssertVector.Close(all.Model.Weights.ToArray(), sampled.Model.Weights.ToArray(), 1e-4);
    }

    // Labels drawn from a model, so that the optimum is inside.
    private static (double[] Rows, int[] Labels) Draw(ModelShape shape, int count, int seed)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => (3 * random.NextDouble()) - 1.5)];
        double[] rows = [.. Enumerable.Range(0, count * shape.Features).Select(_ => (2 * random.NextDouble()) - 1)];
        int[] labels = new int[count];
        double[] scores = new double[shape.Classes];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                // The largest of scores with Gumbel noise is a draw from the softmax.
                scores[j] = -Math.Log(-Math.Log(1 - random.NextDouble()));
                for (int k = 0; k < shape.Features; k++)
                {
                    scores[j] += weights[(j * (shape.Features + 1)) + k + 1] * rows[(i * shape.Features) + k];
                }
            }

            labels[i] = Array.IndexOf(scores, scores.Max());
        }

        return (rows, labels);
    }

    private static void Rearrange(string order, double[] rows, int[] labels, int features)
    {
        int[] indices = [.. Enumerable.Range(0, labels.Length)];
        indices = order switch
        {
            "by class" => [.. indices.OrderBy(i => labels[i])],
            "by a feature" => [.. indices.OrderBy(i => rows[i * features])],

            // Every row that a sample of this stride takes is of class 0, as long as there are any.
            "in periods" => InPeriods(labels),
            "copies" => [.. indices.Select(static i => i % 40)],
            _ => indices,
        };
        double[] sortedRows = [.. indices.SelectMany(i => rows[(i * features)..((i + 1) * features)])];
        int[] sortedLabels = [.. indices.Select(i => labels[i])];
        sortedRows.CopyTo(rows, 0);
        sortedLabels.CopyTo(labels, 0);
        if (order == "one far row")
        {
            rows.AsSpan(0, features).Fill(1e6);
        }
    }

    private static int[] InPeriods(int[] labels)
    {
        var first = new Queue<int>(Enumerable.Range(0, labels.Length).Where(i => labels[i] == 0));
        var others = new Queue<int>(Enumerable.Range(0, labels.Length).Where(i => labels[i] != 0));
        return [.. Enumerable.Range(0, labels.Length)
            .Select(i => (i % Period == 0 && first.Count > 0) || others.Count == 0 ? first.Dequeue() : others.Dequeue())];
    }
}
