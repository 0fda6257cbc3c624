using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// Rows whose scores lie beyond the range of the kernels' exponential: the kernels leave their loop for them and come back to it. One feature
/// is enormous in the far rows; the gradients of the others show whether the near rows beside them are still right.
/// </summary>
public class FarScoreTests
{
    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void All_rows_are_far(string name) => AssertAgrees(name, static _ => 1e3);

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Every_fifth_row_is_far(string name) => AssertAgrees(name, static row => row % 5 == 3 ? 1e3 : 1);

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_first_row_and_the_last_are_far(string name) => AssertAgrees(name, static row => row is 0 or 200 or 1100 ? -1e4 : 1);

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Some_rows_are_as_far_as_numbers_reach(string name)
    {
        double farthest = ShapeCase.Of(name).IsSingle ? 1e34 : 1e300;
        AssertAgrees(name, row => row % 7 == 2 ? farthest : row % 50 == 6 ? -farthest : 1);
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Scores_around_the_end_of_the_range(string name)
    {
        // The ends of the kernels' range, of the exponential's normal and subnormal results, and what lies around them.
        ShapeCase shape = ShapeCase.Of(name);
        double[] distances = shape.IsSingle
            ? [79.9, 80, 80.1, 87.3, 88.7, 88.8, 103, 104, 60]
            : [689.9, 690, 690.1, 708.3, 709.7, 709.8, 745, 746, 600];
        Sample sample = Sample.Of(shape.Shape, RowCount(shape)) with { Weights = FirstFeatureWeights(shape.Shape) };
        for (int row = 0; row < sample.ClassIndices.Length; row++)
        {
            double distance = distances[row % distances.Length] * (row % 2 == 0 ? 1 : -1);
            sample.Rows[row * shape.Shape.Features] = shape.IsSingle ? (float)distance : distance;
        }

        AssertAgrees(shape, sample);
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Many_scores_at_the_end_of_the_range_have_a_finite_sum(string name)
    {
        // One exponential is a number up to 709 (88), but not the sum of thirty of 706 (85). Contrasts are held to the range some at a time, as the root of
        // their sum of squares: of sixteen one is large.
        ShapeCase shape = ShapeCase.Of(name);
        Sample sample = Sample.Of(shape.Shape, RowCount(shape)) with { Weights = new double[shape.Shape.ParameterCount] };
        for (int j = 1; j < shape.Shape.Classes; j += 16)
        {
            sample.Weights[(j * (shape.Shape.Features + 1)) + 1] = 1;
        }

        double[] distances = shape.IsSingle ? [79, 85, 86.5, 88] : [689, 700, 706.5, 709];
        for (int row = 0; row < sample.ClassIndices.Length; row++)
        {
            sample.Rows[row * shape.Shape.Features] = distances[row % distances.Length] * (row % 3 == 0 ? -1 : 1);
        }

        AssertAgrees(shape, sample);
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Ties_far_above_the_other_classes(string name)
    {
        // Classes 0 and C-1 share their weights and beat the others by 1000 or lose to them.
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount(shape));
        int columns = shape.Shape.Features + 1;
        Array.Copy(sample.Weights, 0, sample.Weights, (shape.Shape.Classes - 1) * columns, columns);
        for (int j = 1; j < shape.Shape.Classes - 1; j++)
        {
            sample.Weights[j * columns] += j % 2 == 0 ? 1000 : -1000;
        }

        AssertAgrees(shape, sample);
    }

    [Theory]
    [InlineData(1e306)]
    [InlineData(1.6e307)]
    public void Weights_that_overflow_when_scaled(double weight)
    {
        // Scaled by 16 / ln 2, the difference of the larger weights is infinite, and infinity times a feature of 0 is NaN.
        double[] weights = [0, weight, 0, 0, 0, 0, -weight, 0, 0, 0, 1, 0, 1, 0, 0];
        double[] rows = [1, 0, 0, 0, 0, 1, 0, 0, -1, 1, 0, 0];

        foreach (int label in (int[])[0, 1, 2])
        {
            int[] labels = [label, 1, 2];
            MeanLoss expected = PlainSoftmax.LossAndGradient(weights, rows, labels);

            using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels);
            double[] gradient = new double[weights.Length];
            double loss = set.LossAndGradient(weights, gradient);

            AssertClose.Equal(expected, new MeanLoss(loss, gradient), 1e-15, $"Label {label}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_of_many_scores_that_is_no_number_when_scaled(bool isWeighted)
    {
        // As above, for one class of 26 and every other row.
        double[] weights = new double[26 * 3];
        weights[(13 * 3) + 1] = 1.6e307;
        weights[(5 * 3) + 2] = 1;
        double[] rows = [.. Enumerable.Range(0, 70).SelectMany(static row => new double[] { row % 2 == 0 ? 0 : 1e-307, 1 - (row % 3) })];
        int[] labels = [.. Enumerable.Range(0, 70).Select(static row => row % 26)];
        MeanLoss expected = PlainSoftmax.LossAndGradient(weights, rows, labels);

        using IPackedSet set = ShapeCase.Of(nameof(Double26x2)).Pack(rows, labels, isWeighted ? [.. Enumerable.Repeat(1.0, 70)] : null);

        AssertClose.Equal(expected, set.LossAndGradient(weights), 1e-13, "Loss and gradient");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(600)]
    public void The_loss_of_a_well_separated_model_is_as_exact_as_its_scores(double distance)
    {
        double[] rows = [.. Enumerable.Range(0, 500).Select(row => row % 2 == 0 ? -0.5 : 0.5)];
        int[] labels = [.. Enumerable.Range(0, 500).Select(row => row % 2)];
        double[] weights = [0, -distance, 0, distance];

        double loss = ShapeCase.Of(nameof(Double2x1)).RowMajor(weights, rows, labels).Loss;
        double floatLoss = ShapeCase.Of(nameof(Single2x1)).RowMajor(weights, rows, labels).Loss;

        // The loss is the difference of two sums of numbers as large as the distance of the scores, which have 53 or 24 bits.
        double expected = PlainSoftmax.Loss([0, distance], 1);
        AssertClose.Equal(expected, loss, 1e-14 * distance, "The loss");
        AssertClose.Equal(expected, floatLoss, 1e-6 * distance, "The loss in float");
    }

    // More than a tile, and no multiple of anything.
    private static int RowCount(ShapeCase shape) => shape.Shape.ParameterCount > 10_000 ? 201 : 1101;

    private static void AssertAgrees(string name, Func<int, double> factorOfRow)
    {
        ShapeCase shape = ShapeCase.Of(name);
        AssertAgrees(shape, Sample.Of(shape.Shape, RowCount(shape)).WithScaledFeature(shape.Shape.Features / 2, factorOfRow));
    }

    private static void AssertAgrees(ShapeCase shape, Sample sample)
    {
        double tolerance = shape.IsSingle ? 1e-5 : 1e-12;
        double[] rowWeights = sample.RowWeights();
        double[] sizes = sample.ColumnSizes();
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
        MeanLoss expectedWeighted = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
        using IPackedSet weightedSet = shape.Pack(sample.Rows, sample.Labels, rowWeights);

        AssertClose.Equal(expected, set.LossAndGradient(sample.Weights), sizes, tolerance, "Packed rows");
        AssertClose.Equal(expectedWeighted, weightedSet.LossAndGradient(sample.Weights), sizes, tolerance, "Weighted rows");
        AssertClose.Equal(expected, shape.RowMajor(sample.Weights, sample.Rows, sample.Labels), sizes, tolerance, "Row-major rows");
    }

    // Scores that depend on the first feature alone: 1, -1, 1/2, 1/4, 0, 1, ... times it, and 0 for the first class.
    private static double[] FirstFeatureWeights(ModelShape shape)
    {
        double[] factors = [0, 1, -1, 0.5, 0.25];
        double[] weights = new double[shape.ParameterCount];
        for (int j = 0; j < shape.Classes; j++)
        {
            weights[(j * (shape.Features + 1)) + 1] = factors[j % factors.Length];
        }

        return weights;
    }
}
