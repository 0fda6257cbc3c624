using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Training.BiasReduction;

namespace SoftmaxGen.Tests.Training.BiasReduction;

public sealed class BiasReductionTests
{
    private static readonly TrainingOptions Reduced = new() { BiasReduction = true, Tolerance = 1e-11, MaxIterations = 500 };

    /// <summary>
    /// A table of two groups and two classes is a model with as many weights as probabilities. The determinant of its information is the product of
    /// the cells' probabilities, so that the maximum is where each cell has 1/2 more; the variance of a logit is <c>1 / (n p (1 - p))</c>.
    /// </summary>
    [Theory]
    [InlineData(3, 7, 6, 4)]
    [InlineData(0, 5, 4, 1)]
    [InlineData(0, 10, 10, 0)]
    [InlineData(5, 0, 2, 2)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(1, 0, 300, 7)]
    public void Of_a_table_each_cell_has_a_half_more(int zeros, int ones, int zerosOfGroup, int onesOfGroup)
    {
        double[] rows = [.. Enumerable.Repeat(0.0, zeros + ones), .. Enumerable.Repeat(1.0, zerosOfGroup + onesOfGroup)];
        int[] labels =
        [
            .. Enumerable.Repeat(0, zeros), .. Enumerable.Repeat(1, ones), .. Enumerable.Repeat(0, zerosOfGroup), .. Enumerable.Repeat(1, onesOfGroup),
        ];
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, labels);

        TrainingResult<Double2x1> result = SoftmaxTrainer.Train(set, Reduced);
        StatisticalInference inference = result.Inference(set);

        double logit = Math.Log((ones + 0.5) / (zeros + 0.5));
        double logitOfGroup = Math.Log((onesOfGroup + 0.5) / (zerosOfGroup + 0.5));
        double variance = Variance(zeros, ones);
        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Null(result.Separation);
        AssertClose.Equal(logit, inference[1, 0].Estimate, 1e-8, "the bias");
        AssertClose.Equal(logitOfGroup - logit, inference[1, 1].Estimate, 1e-8, "the slope");
        AssertClose.Equal(Math.Sqrt(variance), inference[1, 0].StandardError, 1e-8, "the standard error of the bias");
        AssertClose.Equal(
            Math.Sqrt(variance + Variance(zerosOfGroup, onesOfGroup)), inference[1, 1].StandardError, 1e-8, "the standard error of the slope");

        static double Variance(double zeros, double ones)
        {
            double p = (ones + 0.5) / (zeros + ones + 1);
            return 1 / ((zeros + ones) * p * (1 - p));
        }
    }

    [Fact]
    public void Of_a_table_of_three_classes_too()
    {
        // Three groups by two dummies, and their counts of the classes; classes are lacking here and there.
        int[][] counts = [[4, 0, 2], [0, 0, 3], [1, 6, 2]];
        double[][] dummies = [[0, 0], [1, 0], [0, 1]];
        double[] rows = [.. counts.SelectMany((count, group) => Enumerable.Repeat(dummies[group], count.Sum()).SelectMany(row => row))];
        int[] labels = [.. counts.SelectMany(count => count.SelectMany((number, j) => Enumerable.Repeat(j, number)))];

        Double3x2 model = Double3x2.Train(rows, labels, Reduced).Model;

        double[] probabilities = new double[3];
        for (int group = 0; group < 3; group++)
        {
            model.PredictProbabilities(dummies[group], probabilities);
            double[] expected = [.. counts[group].Select(count => (count + 0.5) / (counts[group].Sum() + 1.5))];
            AssertClose.Vector(expected, probabilities, 1e-9, $"group {group}");
        }
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Random_sets_have_the_fit_and_the_errors_of_the_definition()
    {
        var random = new Random(5);
        int separated = 0;
        for (int i = 0; i < 6; i++)
        {
            separated += AssertAgrees<Double2x1>(random, i) ? 1 : 0;
            separated += AssertAgrees<Double2x3>(random, i) ? 1 : 0;
            separated += AssertAgrees<Double3x2>(random, i) ? 1 : 0;
            separated += AssertAgrees<Double4x2>(random, i) ? 1 : 0;
        }

        Assert.InRange(separated, 6, 18);
    }

    /// <summary>
    /// As in the endometrial cancer data of Heinze and Schemper (2002): a rare finding that only cases have, beside two features that overlap.
    /// </summary>
    [Fact]
    public void A_finding_of_one_class_alone_has_a_finite_weight()
    {
        var random = new Random(79);
        double[] rows = new double[79 * 3];
        int[] labels = new int[79];
        for (int i = 0; i < 79; i++)
        {
            double[] row = [i < 13 ? 1 : 0, 49 * random.NextDouble(), 0.3 + (3 * random.NextDouble())];
            labels[i] = i < 13 || random.NextDouble() > row[2] / 3 ? 1 : 0;
            row.CopyTo(rows, i * 3);
        }

        using TrainingSet<Double2x3, double> set = Double2x3.CreateTrainingSet(rows, labels);
        Assert.NotNull(set.FindSeparation());

        AssertFit(set, rows, labels, [.. labels.Select(_ => 1.0)]);
    }

    [Fact]
    public void The_gradient_is_that_of_differences()
    {
        var random = new Random(3);
        double[] rows = [.. Enumerable.Range(0, 60).Select(_ => 4 + random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, 30).Select(_ => random.Next(4))];
        double[] rowWeights = [.. labels.Select(_ => random.NextDouble())];
        double[] weights = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() - 0.5)];
        using TrainingSet<Double4x2, double> set = Double4x2.CreateTrainingSet(rows, labels, rowWeights);
        var loss = new BiasReducedLoss(set, "options");
        double[] gradient = new double[12];
        double[] other = new double[12];

        double value = loss.LossAndGradient(weights, gradient);

        Assert.True(value > set.LossAndGradient(weights, other), "The penalty is positive.");
        for (int i = 0; i < weights.Length; i++)
        {
            const double Width = 1e-5;
            double[] ahead = [.. weights];
            double[] behind = [.. weights];
            ahead[i] += Width;
            behind[i] -= Width;
            double difference = (loss.LossAndGradient(ahead, other) - loss.LossAndGradient(behind, other)) / (2 * Width);
            AssertClose.Equal(difference, gradient[i], 1e-8, $"element {i}");
        }
    }

    [Theory]
    [InlineData(300, 1.7e9, 1e-6)]
    [InlineData(1e-6, 3, 1e-8)]
    public void Units_and_offsets_of_the_features_do_not_matter(double scale, double offset, double tolerance)
    {
        double[] x = [-3, -2, -1.5, -1, 0, 0.5, 1, 2, 3, 4];
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        Double2x1 plain = Double2x1.Train(x, labels, Reduced).Model;
        TrainingResult<Double2x1> moved = Double2x1.Train([.. x.Select(value => offset + (scale * value))], labels, Reduced with { Tolerance = tolerance });

        // The rounding of the scores is what an offset costs.
        Assert.Equal(StopReason.Converged, moved.StopReason);
        AssertClose.Equal(plain.Weights[3], moved.Model.Weights[3] * scale, 100 * tolerance, "the slope");
    }

    [Fact]
    public void A_constant_feature_keeps_the_weight_0()
    {
        double[] x = [1, 2, 3, 4, 5, 6];
        int[] labels = [0, 0, 1, 0, 1, 1];
        Double2x2 model = Double2x2.Train([.. x.SelectMany(value => new[] { value, 7 })], labels, Reduced).Model;

        AssertClose.Vector(Double2x1.Train(x, labels, Reduced).Model.Weights.ToArray()[..2], model.Weights.ToArray()[..2], 1e-8, "the weights");
        Assert.Equal(0, model.Weights[2]);
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Either_solver_finds_the_same_with_the_same_bits_on_any_number_of_threads()
    {
        var random = new Random(8);
        double[] rows = [.. Enumerable.Range(0, 2 * 20_000).Select(_ => random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, 20_000).Select(i => rows[2 * i] > 0.8 ? 2 : random.Next(2))];
        using TrainingSet<Double3x2, double> set = Double3x2.CreateTrainingSet(rows, labels);

        double[] newton = SoftmaxTrainer.Train(set, Reduced).Model.Weights.ToArray();
        double[] threads = SoftmaxTrainer.Train(set, Reduced with { MaxThreads = 4 }).Model.Weights.ToArray();
        double[] lbfgs = SoftmaxTrainer.Train(set, Reduced with { Solver = Solver.Lbfgs, Tolerance = 1e-9 }).Model.Weights.ToArray();

        Assert.Equal(newton, threads);
        AssertClose.Vector(newton, lbfgs, 1e-4, "the weights");
    }

    [Fact]
    public void Single_precision_is_as_close_as_its_kernels()
    {
        Single2x1 model = Single2x1.Train([-2f, -1f, 1f, 2f], [0, 0, 1, 1], Reduced with { Tolerance = 1e-5 }).Model;
        Double2x1 exact = Double2x1.Train([-2, -1, 1, 2], [0, 0, 1, 1], Reduced).Model;

        AssertClose.Equal(exact.Weights[3], model.Weights[3], 1e-4, "the slope");
    }

    [Fact]
    public void The_result_has_the_loss_without_the_penalty_and_says_what_its_errors_are()
    {
        double[] rows = [-2, -1, 1, 2];
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, [0, 0, 1, 1]);
        TrainingResult<Double2x1> result = SoftmaxTrainer.Train(set, Reduced);
        StatisticalInference inference = result.Inference(set);

        Assert.Equal(set.LossAndGradient(result.Model.Weights, new double[4]), result.Loss, 1e-12);
        Assert.True(result.Objective > result.Loss);
        Assert.True(inference.IsBiasReduced);
        Assert.Null(inference.Aic);
        Assert.Contains(", bias-reduced; covariance: Information", inference.ToString(), StringComparison.Ordinal);
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => result.Inference(set, CovarianceForm.Sandwich));
        Assert.Contains("the sandwich forms are not made for bias-reduced fits", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_it_are_refused()
    {
        AssertRefused(Reduced with { L1 = 0.1 }, "L1 is 0.1; with BiasReduction it must be 0.");
        AssertRefused(Reduced with { GroupL1 = 0.1 }, "GroupL1 is 0.1; with BiasReduction it must be 0.");
        AssertRefused(Reduced with { L2 = 0.1 }, "L2 is 0.1; with BiasReduction it must be null or 0.");
        AssertRefused(Reduced with { Solver = Solver.Adam }, "Solver is Adam; with BiasReduction it must be Auto, Newton or Lbfgs.");

        static void AssertRefused(TrainingOptions options, string message) => Assert.StartsWith(
            message,
            Assert.Throws<ArgumentOutOfRangeException>(() => Double2x1.Train([1, 2, 3, 4], [0, 1, 0, 1], options)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_determine_each_other_are_refused_by_name()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Double2x2.Train([1, 2, 2, 4, 3, 6, 4, 8], [0, 1, 0, 1], Reduced));
        Assert.Contains("x2 is a linear combination of those before it", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Double2x3.Train([1, 2, 5, 2, 3, 4, 3, 6, 1], [0, 1, 0], Reduced));
    }

    [Fact]
    public void Shapes_without_the_Hessian_and_rows_with_offsets_are_refused()
    {
        using TrainingSet<Double7x30, double> large = Double7x30.CreateTrainingSet(new double[7 * 30], [0, 1, 2, 3, 4, 5, 6]);
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => SoftmaxTrainer.Train(large, Reduced));
        Assert.Contains("not generated for 7 classes x 30 features", refused.Message, StringComparison.Ordinal);

        using var offsets = new TrainingSet<Double2x1, double>(new TrainingRows<double> { Rows = [1, 2, 3], Labels = [0, 1, 0], Offsets = [0, 1, 0, 0, 0, 0] });
        refused = Assert.Throws<NotSupportedException>(() => SoftmaxTrainer.Train(offsets, Reduced));
        Assert.Contains("rows with offsets", refused.Message, StringComparison.Ordinal);
    }

    private static bool AssertAgrees<TModel>(Random random, int kind)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        int count = 12 + random.Next(20);
        double[] rows = [.. Enumerable.Range(0, count * shape.Features).Select(_ => kind % 3 == 0 ? random.Next(-2, 3) : (4 * random.NextDouble()) - 2)];
        for (int i = 0; i < shape.Classes; i++)
        {
            rows[i * shape.Features] = i + 0.5 - (shape.Classes / 2.0);
        }

        // Every class once, and then at random or by the first feature alone, which separates.
        int[] labels =
        [
            .. Enumerable.Range(0, count).Select(i => i < shape.Classes ? i
                : kind % 2 == 0 ? random.Next(shape.Classes)
                : Math.Clamp((int)Math.Floor(rows[i * shape.Features] + (shape.Classes / 2.0)), 0, shape.Classes - 1)),
        ];
        double[] weights = [.. labels.Select((_, i) => kind < 3 ? 1 : i >= shape.Classes && random.Next(5) == 0 ? 0 : 0.5 + random.NextDouble())];
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, [.. labels.Select(y => shape.FirstLabel + y)], weights);
        AssertFit(set, rows, labels, weights);
        return set.FindSeparation() is not null;
    }

    private static void AssertFit<TModel>(TrainingSet<TModel, double> set, double[] rows, int[] labels, double[] weights)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var reference = new PenalizedLikelihood(rows, labels, weights, TModel.Shape.Classes);
        double[] expected = reference.Maximize();
        double[][] covariance = PenalizedLikelihood.Invert(reference.Information(expected));

        TrainingResult<TModel> result = SoftmaxTrainer.Train(set, Reduced);
        StatisticalInference inference = result.Inference(set);

        Assert.Equal(StopReason.Converged, result.StopReason);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose.Equal(expected[i], inference.Coefficients[i].Estimate, 1e-8 * Math.Max(1, Math.Abs(expected[i])), $"coefficient {i}");
            double error = Math.Sqrt(covariance[i][i]);
            AssertClose.Equal(error, inference.Coefficients[i].StandardError, 1e-8 * Math.Max(1, error), $"standard error {i}");
        }
    }
}
