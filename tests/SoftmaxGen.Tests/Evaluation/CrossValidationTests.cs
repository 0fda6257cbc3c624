using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class CrossValidationTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 0)]
    [InlineData(7, 1)]
    [InlineData(3, -12)]
    public void Folds_have_their_share_of_every_class(int folds, int seed)
    {
        var random = new Random(8);
        int[] labels = [.. Enumerable.Range(0, 97).Select(i => i < 7 ? -2 : -5 + random.Next(3)), -4, -4, -4, -4];

        int[] foldOfRow = StratifiedFolds.Assign(labels, Double4x8FromMinus5.Shape, folds, seed, nameof(labels));

        foreach (IGrouping<int, int> ofClass in Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]))
        {
            AssertEven(ofClass.Select(row => foldOfRow[row]));
        }

        AssertEven(foldOfRow);

        void AssertEven(IEnumerable<int> dealt)
        {
            int[] counts = [.. Enumerable.Range(0, folds).Select(fold => dealt.Count(f => f == fold))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            Assert.Equal(dealt.Count(), counts.Sum());
        }
    }

    [Fact]
    public void Folds_depend_on_the_seed_alone_and_are_shuffled()
    {
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
        int[] Assign(int seed) => StratifiedFolds.Assign(labels, Double2x1.Shape, 3, seed, nameof(labels));

        Assert.Equal(Assign(4), Assign(4));
        Assert.NotEqual(Assign(4), Assign(5));
        Assert.NotEqual([.. Enumerable.Range(0, 60).Select(i => i / 2 % 3)], Assign(4));
    }

    [Fact]
    public void Every_row_is_in_every_fold_equally_often()
    {
        int[] labels = new int[10];
        int[] counts = new int[10];
        for (int seed = 0; seed < 5000; seed++)
        {
            int[] folds = StratifiedFolds.Assign([.. labels, 1, 1], Double2x1.Shape, 2, seed, nameof(labels));
            for (int row = 0; row < 10; row++)
            {
                counts[row] += folds[row];
            }
        }

        // Binomial: a deviation of 35 about 2500.
        Assert.All(counts, count => Assert.InRange(count, 2500 - 175, 2500 + 175));
    }

    [Fact]
    public void Each_fold_is_predicted_by_a_model_of_the_others()
    {
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { L2 = 1e-2, Tolerance = 1e-9 };

        CrossValidationResult result = CrossValidation.Run<Double3x4, double>(data.Rows, data.Labels, options, folds: 4, seed: 9);

        int[] foldOfRow = StratifiedFolds.Assign(data.Labels, Double3x4.Shape, 4, 9, "labels");
        double[] losses = new double[4];
        for (int fold = 0; fold < 4; fold++)
        {
            int[] others = [.. Enumerable.Range(0, 150).Where(row => foldOfRow[row] != fold)];
            int[] own = [.. Enumerable.Range(0, 150).Where(row => foldOfRow[row] == fold)];
            Double3x4 model = Double3x4.Train(Rows(others), [.. others.Select(row => data.Labels[row])], options).Model;
            losses[fold] = PlainSoftmax.LossAndGradient([.. model.Weights], Rows(own), [.. own.Select(row => data.Labels[row])]).Loss;
            AssertClose.Equal(losses[fold], result.Folds[fold].Evaluation.LogLoss, 1e-9, $"the log loss of fold {fold}");
            Assert.Equal(own.Length, result.Folds[fold].Evaluation.RowCount);
            Assert.Equal(StopReason.Converged, result.Folds[fold].StopReason);
            Assert.True(result.Folds[fold].Iterations > 0);
        }

        double deviation = Math.Sqrt(losses.Sum(loss => Math.Pow(loss - losses.Average(), 2)) / 3);
        AssertClose.Equal(losses.Average(), result.LogLoss.Mean, 1e-9, "the mean");
        AssertClose.Equal(deviation, result.LogLoss.Deviation, 1e-9, "the deviation");
        AssertClose.Equal(deviation / 2, result.LogLoss.StandardError, 1e-9, "the standard error");
        AssertClose.Equal(result.Folds.Average(fold => fold.Evaluation.Accuracy), result.Accuracy.Mean, 1e-12, "the accuracy");
        AssertClose.Equal(result.Folds.Average(fold => fold.Evaluation.Brier), result.Brier.Mean, 1e-12, "Brier");
        AssertClose.Equal(result.Folds.Average(fold => fold.Evaluation.ConfusionMatrix.Macro.F1), result.MacroF1.Mean, 1e-12, "F1");

        double[] Rows(int[] rows) => [.. rows.SelectMany(row => data.Rows[(row * 4)..((row + 1) * 4)])];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Folds_of_many_rows_have_the_bits_of_copies(bool isWeighted)
    {
        const int RowCount = 12_000;
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, RowCount);
        double[] weights = [.. Enumerable.Range(0, RowCount).Select(row => isWeighted ? row % 3 : 1.0)];
        using TrainingSet<Double4x8FromMinus5, double> set =
            Double4x8FromMinus5.CreateTrainingSet(sample.Rows, sample.Labels, isWeighted ? weights : default);

        CrossValidationResult result = CrossValidation.Run(set, folds: 3, seed: 4);

        int[] counting = [.. Enumerable.Range(0, RowCount).Where(row => weights[row] > 0)];
        int[] foldOfRow = StratifiedFolds.Assign(Of(sample.Labels, counting, 1), Double4x8FromMinus5.Shape, 3, 4, "labels");
        for (int fold = 0; fold < 3; fold++)
        {
            int[] others = [.. counting.Where((_, i) => foldOfRow[i] != fold)];
            int[] own = [.. counting.Where((_, i) => foldOfRow[i] == fold)];
            using TrainingSet<Double4x8FromMinus5, double> copy = Double4x8FromMinus5.CreateTrainingSet(
                Of(sample.Rows, others, 8), Of(sample.Labels, others, 1), isWeighted ? Of(weights, others, 1) : default);
            Double4x8FromMinus5 model = SoftmaxTrainer.Train(copy).Model;
            Evaluation expected = model.Evaluate<Double4x8FromMinus5, double>(
                Of(sample.Rows, own, 8), Of(sample.Labels, own, 1), isWeighted ? Of(weights, own, 1) : default);
            Assert.Equal(expected.LogLoss, result.Folds[fold].Evaluation.LogLoss);
            Assert.Equal(expected.Accuracy, result.Folds[fold].Evaluation.Accuracy);
            Assert.Equal(own.Length, result.Folds[fold].Evaluation.RowCount);
        }

        static T[] Of<T>(T[] table, int[] rows, int columns) => [.. rows.SelectMany(row => table[(row * columns)..((row + 1) * columns)])];
    }

    [Fact]
    public void Rows_are_copied_a_few_at_a_time()
    {
        const int RowCount = 20_000;
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, RowCount);

        long bytes = AssertAllocation.Bytes(() => CrossValidation.Run<Double4x8FromMinus5, double>(sample.Rows, sample.Labels, folds: 3));

        Assert.InRange(bytes, 1, sample.Rows.Length * sizeof(double) * 3 / 4);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        double[] rows = [1, 2, 3, 4, 5, 6];

        Refuse("labels", "class labelled 1 has 2 rows; 3 folds", () => CrossValidation.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 1], folds: 3));
        Refuse("folds", "2", () => CrossValidation.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 1], folds: 1));
        Refuse("labels", "row 5 is 2", () => CrossValidation.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 2], folds: 2));
        Refuse("labels", "must be 6", () => CrossValidation.Run<Double2x1, double>(rows, [0, 1], folds: 2));
        Refuse("rows", "row 1 is NaN", () => CrossValidation.Run<Double2x1, double>([1, double.NaN, 2, 3], [0, 1, 0, 1], folds: 2));
        Refuse("strengths", "at least one", () => L2Path.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 1], []));
        Refuse("strengths", "-1;", () => L2Path.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 1], [1, -1]));
        Refuse("strengths", "NaN;", () => L2Path.Run<Double2x1, double>(rows, [0, 0, 0, 0, 1, 1], [double.NaN]));
        Refuse("options", "no L2 penalty whose strength could be tried", () => L2Path.Run<Double2x1, double>(
            rows, [0, 0, 0, 0, 1, 1], options: new TrainingOptions { BiasReduction = true }, folds: 2));
        Refuse("options", "no L2 penalty whose strength could be tried", () => L2Path.Run<Double2x1, double>(
            rows, [0, 0, 0, 0, 1, 1], [0], new TrainingOptions { BiasReduction = true }, folds: 2));

        static void Refuse(string parameter, string message, Action action)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(action);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cancellation_is_thrown() => Assert.Throws<OperationCanceledException>(
        () => CrossValidation.Run<Double2x1, double>([1, 2, 3, 4], [0, 0, 1, 1], folds: 2, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void A_path_tries_every_strength_on_the_same_folds_and_picks_by_log_loss()
    {
        SampleData data = SampleData.Load("wine");

        // Weights are right within the gradient over the least strength: 1e-5 here.
        var options = new TrainingOptions { Tolerance = 1e-11 };
        double[] strengths = [1e-3, 10, 1e-1, 1e-2, 1, 1e-6, 1];

        L2PathResult path = L2Path.Run<Double3x13, double>(data.Rows, data.Labels, strengths, options, folds: 3, seed: 2);

        Assert.Equal([10, 1, 1e-1, 1e-2, 1e-3, 1e-6], path.Points.Select(point => point.L2));
        foreach (L2PathPoint point in path.Points)
        {
            CrossValidationResult alone = CrossValidation.Run<Double3x13, double>(data.Rows, data.Labels, options with { L2 = point.L2 }, folds: 3, seed: 2);
            AssertClose.Equal(alone.LogLoss.Mean, point.CrossValidation.LogLoss.Mean, 1e-6, $"the log loss at {point.L2}");
        }

        double least = path.Points.Min(point => point.CrossValidation.LogLoss.Mean);
        double within = least + path.Best.CrossValidation.LogLoss.StandardError;
        Assert.Equal(least, path.Best.CrossValidation.LogLoss.Mean);
        Assert.InRange(path.Best.L2, 1e-3, 1);
        Assert.Equal(path.Points.Where(point => point.CrossValidation.LogLoss.Mean <= within).Max(point => point.L2), path.OneStandardError.L2);
        Assert.True(path.OneStandardError.L2 >= path.Best.L2);
    }

    [Fact]
    public void A_path_starts_each_training_where_the_one_before_ended()
    {
        SampleData data = SampleData.Load("wine");
        var options = new TrainingOptions { Tolerance = 1e-9, Solver = Solver.Lbfgs };
        double[] strengths = [.. Enumerable.Range(0, 12).Select(i => 0.1 * Math.Pow(0.8, i))];

        L2PathResult path = L2Path.Run<Double3x13, double>(data.Rows, data.Labels, strengths, options, folds: 3);

        int warm = path.Points.Sum(point => point.CrossValidation.Folds.Sum(fold => fold.Iterations));
        int cold = strengths.Sum(l2 => CrossValidation.Run<Double3x13, double>(data.Rows, data.Labels, options with { L2 = l2 }, folds: 3)
            .Folds.Sum(fold => fold.Iterations));
        Assert.All(path.Points, point => Assert.All(point.CrossValidation.Folds, fold => Assert.Equal(StopReason.Converged, fold.StopReason)));
        Assert.True(warm < 0.9 * cold, $"{warm} iterations from the weights before, {cold} from zero.");
    }

    [Fact]
    public void The_default_strengths_are_two_for_each_power_of_ten() =>
        Assert.Equal([1, 0.31622776601683794, 0.1, 0.031622776601683791, 0.01], L2Path.DefaultStrengths.Take(5));

    [Fact]
    public void Texts_are_the_same_in_every_culture()
    {
        SampleData data = SampleData.Load("iris");
        string result = CrossValidation.Run<Double3x4, double>(data.Rows, data.Labels, folds: 2).ToString();
        string path = L2Path.Run<Double3x4, double>(data.Rows, data.Labels, [0.1, 0.01], folds: 2).ToString();
        using CultureScope culture = CultureScope.Hostile();

        Assert.Equal(result, CrossValidation.Run<Double3x4, double>(data.Rows, data.Labels, folds: 2).ToString());
        Assert.Equal(path, L2Path.Run<Double3x4, double>(data.Rows, data.Labels, [0.1, 0.01], folds: 2).ToString());
        Assert.StartsWith("2 folds: log loss 0.", result, StringComparison.Ordinal);
        Assert.Contains("\n  2: 75 rows: log loss 0.", result, StringComparison.Ordinal);
        Assert.StartsWith("L2 0.1: log loss 0.", path, StringComparison.Ordinal);
        Assert.Contains("<- best", path, StringComparison.Ordinal);
        Assert.Contains("<- within one standard error", path, StringComparison.Ordinal);
    }
}
