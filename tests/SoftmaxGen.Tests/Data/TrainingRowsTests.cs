using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Training;

namespace SoftmaxGen.Tests.Data;

/// <summary>Row weights, soft labels, offsets and missing values.</summary>
public sealed class TrainingRowsTests
{
    private static readonly TrainingOptions _exact = new() { Solver = Solver.Newton, L2 = 0.1, Tolerance = 1e-12 };

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(20_000)]
    public void Soft_labels_have_the_loss_and_gradient_of_as_many_weighted_rows(int count)
    {
        var sample = Sample.Of(Double4x8.Shape, count);
        double[] targets = Targets(count, 4);
        double[] rowWeights = sample.RowWeights();
        using var set = new TrainingSet<Double4x8, double>(new() { Rows = sample.Rows, Targets = targets, RowWeights = rowWeights });
        double[] gradient = new double[36];

        double loss = set.LossAndGradient(sample.Weights, gradient);

        // A row with targets q is C rows of weights q, one of each class.
        MeanLoss expected = PlainSoftmax.LossAndGradient(
            sample.Weights,
            [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat(sample.Rows[(i * 8)..((i + 1) * 8)], 4)).SelectMany(static x => x)],
            [.. Enumerable.Range(0, count * 4).Select(i => i % 4)],
            [.. targets.Select((q, i) => q * rowWeights[i / 4])]);
        Assert.Equal(expected.Loss, loss, 1e-12);
        AssertVector.Close(expected.Gradient, gradient, 1e-12);
    }

    [Fact]
    public void Targets_of_0_and_1_are_labels()
    {
        SampleData data = SampleData.Load("iris");
        double[] targets = [.. data.Labels.SelectMany(y => Enumerable.Range(0, 3).Select(j => j == y ? 1.0 : 0))];
        using var soft = new TrainingSet<Double3x4, double>(new() { Rows = data.Rows, Targets = targets });

        TrainingResult<Double3x4> expected = Double3x4.Train(data.Rows, data.Labels, _exact);

        Assert.Equal(expected.Model.Weights.ToArray(), SoftmaxTrainer.Train(soft, _exact).Model.Weights.ToArray());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    public void Smoothing_equals_soft_labels(double smoothing)
    {
        SampleData data = SampleData.Load("iris");
        double[] targets = [.. data.Labels.SelectMany(y => Enumerable.Range(0, 3).Select(j => ((1 - smoothing) * (j == y ? 1.0 : 0)) + (smoothing / 3)))];
        using var soft = new TrainingSet<Double3x4, double>(new() { Rows = data.Rows, Targets = targets });

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(soft, _exact);
        TrainingResult<Double3x4> actual = Double3x4.Train(data.Rows, data.Labels, _exact with { LabelSmoothing = smoothing });

        Assert.True(actual.Converged);
        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-10);
    }

    [Fact]
    public void A_row_of_weight_2_equals_the_row_twice()
    {
        SampleData data = SampleData.Load("wine", "standardized");
        double[] rowWeights = [.. data.Labels.Select((_, i) => i % 3 == 0 ? 2.0 : 1)];
        int[] repeated = [.. Enumerable.Range(0, data.RowCount).SelectMany(i => Enumerable.Repeat(i, i % 3 == 0 ? 2 : 1))];
        double[] rows = [.. repeated.SelectMany(i => data.Rows[(i * 13)..((i + 1) * 13)])];
        using TrainingSet<Double3x13, double> weighted = Double3x13.CreateTrainingSet(data.Rows, data.Labels, rowWeights);

        TrainingResult<Double3x13> expected = Double3x13.Train(rows, [.. repeated.Select(i => data.Labels[i])], _exact);
        TrainingResult<Double3x13> actual = SoftmaxTrainer.Train(weighted, _exact);

        Assert.True(actual.Converged);
        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-12);
    }

    [Fact]
    public void Class_weights_are_row_weights()
    {
        SampleData data = SampleData.Load("iris");
        double[] classWeights = [0.5, 3, 1.25];
        using TrainingSet<Double3x4, double> weighted =
            Double3x4.CreateTrainingSet(data.Rows, data.Labels, [.. data.Labels.Select(y => classWeights[y])]);

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(weighted, _exact);
        TrainingResult<Double3x4> actual = Double3x4.Train(data.Rows, data.Labels, _exact with { ClassWeights = ClassWeights.Of(classWeights) });

        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-12);
    }

    [Fact]
    public void Balanced_classes_weigh_the_same()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = [.. data.Labels.Select((y, i) => i % 5 == 0 ? 2 : y)];
        double[] rowWeights = [.. labels.Select((_, i) => 1 + (i % 2))];
        double[] totals = [.. Enumerable.Range(0, 3).Select(j => labels.Zip(rowWeights).Where(row => row.First == j).Sum(row => row.Second))];
        double[] balanced = [.. totals.Select(total => rowWeights.Sum() / (3 * total))];
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, labels, rowWeights);

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(set, _exact with { ClassWeights = ClassWeights.Of(balanced) });
        TrainingResult<Double3x4> actual = SoftmaxTrainer.Train(set, _exact with { ClassWeights = ClassWeights.Balanced });

        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-13);
        Assert.NotEqual(SoftmaxTrainer.Train(set, _exact).Objective, actual.Objective);
    }

    [Fact]
    public void Class_weights_weigh_the_parts_of_a_soft_label()
    {
        SampleData data = SampleData.Load("iris");
        double[] targets = Targets(data.RowCount, 3);
        double[] classWeights = [0.5, 3, 1.25];
        int[] each = [.. Enumerable.Range(0, data.RowCount * 3)];
        using var soft = new TrainingSet<Double3x4, double>(new() { Rows = data.Rows, Targets = targets });
        using TrainingSet<Double3x4, double> split = Double3x4.CreateTrainingSet(
            [.. each.SelectMany(i => data.Rows[(i / 3 * 4)..((i / 3 * 4) + 4)])],
            [.. each.Select(i => i % 3)],
            [.. each.Select(i => targets[i] * classWeights[i % 3])]);

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(split, _exact);
        TrainingResult<Double3x4> actual = SoftmaxTrainer.Train(soft, _exact with { ClassWeights = ClassWeights.Of(classWeights) });

        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-9);
    }

    [Theory]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    public void An_offset_equals_a_feature_with_a_fixed_coefficient(Solver solver)
    {
        // Over three features, with the fourth one's part of the scores as offsets: the optimum of all four is found again.
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { Solver = solver, L2 = 0.05, Standardize = false, Tolerance = 1e-11, MaxIterations = 1000 };
        double[] full = Double3x4.Train(data.Rows, data.Labels, options).Model.Weights.ToArray();
        double[] rows = [.. data.Rows.Where((_, i) => i % 4 < 2)];
        double[] offsets = [.. Enumerable.Range(0, data.RowCount).SelectMany(i => Enumerable.Range(0, 3).Select(j =>
            (full[(j * 5) + 3] * data.Rows[(i * 4) + 2]) + (full[(j * 5) + 4] * data.Rows[(i * 4) + 3])))];
        using var set = new TrainingSet<Double3x2, double>(new() { Rows = rows, Labels = data.Labels, Offsets = offsets });

        TrainingResult<Double3x2> result = SoftmaxTrainer.Train(set, options);

        Assert.True(result.Converged);
        AssertVector.Close([.. full.Where((_, i) => i % 5 < 3)], result.Model.Weights, 1e-9);
    }

    [Fact]
    public void Offsets_enter_loss_gradient_and_products()
    {
        // A feature whose weights are fixed, taken out of the row and into the offsets.
        var sample = Sample.Of(Double3x4.Shape, 20_001);
        double[] rowWeights = sample.RowWeights();
        double[] rows = [.. sample.Rows.Where((_, i) => i % 4 < 2)];
        double[] weights = [.. sample.Weights.Where((_, i) => i % 5 < 3)];
        double[] direction = [.. weights.Select((_, i) => Math.Cos(i))];
        double[] wideDirection = [.. Enumerable.Range(0, 15).Select(i => i % 5 < 3 ? direction[(i / 5 * 3) + (i % 5)] : 0)];
        double[] offsets = [.. Enumerable.Range(0, sample.ClassIndices.Length).SelectMany(i => Enumerable.Range(0, 3).Select(j =>
            (sample.Weights[(j * 5) + 3] * sample.Rows[(i * 4) + 2]) + (sample.Weights[(j * 5) + 4] * sample.Rows[(i * 4) + 3])))];
        using var set = new TrainingSet<Double3x2, double>(new() { Rows = rows, Labels = sample.Labels, RowWeights = rowWeights, Offsets = offsets });
        double[] gradient = new double[9];
        double[] product = new double[9];
        double[] onTwoThreads = new double[9];

        double loss = set.LossAndGradient(weights, gradient);
        set.HessianProduct(weights, direction, product);
        set.LossAndGradient(weights, onTwoThreads, maxThreads: 2);

        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);
        double[] expectedProduct = PlainSoftmax.HessianProduct(sample.Weights, wideDirection, sample.Rows, sample.ClassIndices.Length, rowWeights);
        Assert.Equal(expected.Loss, loss, 1e-12);
        AssertVector.Close([.. expected.Gradient.Where((_, i) => i % 5 < 3)], gradient, 1e-12);
        AssertVector.Close([.. expectedProduct.Where((_, i) => i % 5 < 3)], product, 1e-12);
        Assert.Equal(gradient, onTwoThreads);
        Assert.Throws<NotSupportedException>(() => set.Hessian(weights, new double[81]));
    }

    [Fact]
    public void Rows_with_missing_features_are_skipped_with_all_that_belongs_to_them()
    {
        SampleData data = SampleData.Load("iris");
        double[] rowWeights = [.. data.Labels.Select((_, i) => 1 + (0.01 * i))];
        double[] offsets = [.. Enumerable.Range(0, data.RowCount * 3).Select(i => Math.Sin(i))];
        double[] rows = [.. data.Rows.Select((x, i) => i % 28 == 5 ? double.NaN : x)];
        int[] kept = [.. Enumerable.Range(0, data.RowCount).Where(i => !rows[(i * 4)..((i + 1) * 4)].Any(double.IsNaN))];
        using var set = new TrainingSet<Double3x4, double>(
            new() { Rows = rows, Labels = data.Labels, RowWeights = rowWeights, Offsets = offsets, IncompleteRows = IncompleteRows.Skip });
        using var without = new TrainingSet<Double3x4, double>(new()
        {
            Rows = kept.SelectMany(i => rows[(i * 4)..((i + 1) * 4)]).ToArray(),
            Labels = kept.Select(i => data.Labels[i]).ToArray(),
            RowWeights = kept.Select(i => rowWeights[i]).ToArray(),
            Offsets = kept.SelectMany(i => offsets[(i * 3)..((i + 1) * 3)]).ToArray(),
        });
        double[] weights = Sample.Of(Double3x4.Shape, 1).Weights;
        double[] expected = new double[15];
        double[] actual = new double[15];

        Assert.Equal(without.LossAndGradient(weights, expected), set.LossAndGradient(weights, actual));
        Assert.Equal(expected, actual);
        Assert.Equal(data.RowCount - kept.Length, set.SkippedRowCount);
        Assert.Equal(kept.Length, set.RowCount);
        Assert.InRange(set.SkippedRowCount, 1, 149);
        Assert.Equal(0, without.SkippedRowCount);
    }

    [Theory]
    [InlineData(IncompleteRows.Throw, double.NaN, "Feature 1 of row 2 is NaN")]
    [InlineData(IncompleteRows.Throw, double.PositiveInfinity, "Feature 1 of row 2 is Infinity")]
    [InlineData(IncompleteRows.Skip, double.NegativeInfinity, "Feature 1 of row 2 is -Infinity")]
    public void A_feature_that_is_refused_is_named_by_row_and_column(IncompleteRows policy, double value, string message)
    {
        double[] rows = [1, 2, double.NaN, 4, 5, value, 7, 8];
        rows[2] = policy == IncompleteRows.Skip ? double.NaN : 3;

        var exception = Assert.Throws<ArgumentException>(
            () => new TrainingSet<Double2x2, double>(new() { Rows = rows, Labels = [0, 1, 0, 1], IncompleteRows = policy }));

        Assert.Equal("rows", exception.ParamName);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_missing_rows_is_no_training_set() =>
        Assert.Throws<ArgumentException>(
            () => new TrainingSet<Double2x1, double>(new() { Rows = [double.NaN], Labels = [0], IncompleteRows = IncompleteRows.Skip }));

    [Theory]
    [InlineData(new[] { 0.5, 0.5, 0.6, 0.6 }, "The targets of row 1 add up to 1.2")]
    [InlineData(new[] { 0.5, 0.5, 1.5, -0.5 }, "The target of class 1 in row 1 is -0.5")]
    [InlineData(new[] { double.NaN, 0.5, 1, 0 }, "The target of class 0 in row 0 is NaN")]
    [InlineData(new[] { 1.0, 0 }, "The length is 2; it must be 4.")]
    public void Targets_are_checked(double[] targets, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new TrainingSet<Double2x1, double>(new() { Rows = [1, 2], Targets = targets }));

        Assert.Equal("targets", exception.ParamName);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_beside_targets_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new TrainingSet<Double2x1, double>(new() { Rows = [1, 2], Labels = [0, 1], Targets = [1, 0, 0, 1] }));

        Assert.Equal("labels", exception.ParamName);
    }

    [Fact]
    public void Offsets_are_checked()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new TrainingSet<Double2x1, double>(new() { Rows = [1, 2], Labels = [0, 1], Offsets = [0, 0, 0, double.NaN] }));

        Assert.Equal("offsets", exception.ParamName);
        Assert.StartsWith("The offset of class 1 in row 1 is NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_weights_for_another_number_of_classes_are_refused()
    {
        SampleData data = SampleData.Load("iris");

        Assert.Throws<ArgumentException>(() => Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { ClassWeights = ClassWeights.Of(1, 2) }));
        Assert.Throws<ArgumentException>(() => ClassWeights.Of(1, 0));
        Assert.Throws<ArgumentException>(() => ClassWeights.Of(1, double.NaN));
    }

    [Fact]
    public void A_class_that_targets_leave_empty_is_refused()
    {
        using var set = new TrainingSet<Double3x1, double>(new() { Rows = [1, 2], Targets = [0.5, 0.5, 0, 1, 0, 0] });

        Assert.Throws<ArgumentException>(() => SoftmaxTrainer.Train(set));
    }

    /// <summary>Makes targets of which no two rows are alike.</summary>
    private static double[] Targets(int count, int classes)
    {
        double[] targets = new double[count * classes];
        for (int row = 0; row < count; row++)
        {
            double[] shares = [.. Enumerable.Range(0, classes).Select(j => 1 + Math.Sin((row * 7) + (j * 3)))];
            for (int j = 0; j < classes; j++)
            {
                targets[(row * classes) + j] = shares[j] / shares.Sum();
            }
        }

        return targets;
    }
}
