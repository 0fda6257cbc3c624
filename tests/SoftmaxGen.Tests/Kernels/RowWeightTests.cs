using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>What the weight of a row means.</summary>
public class RowWeightTests
{
    private const int RowCount = 103;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void A_row_of_weight_2_counts_like_two_rows(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        double[] weights = [.. Enumerable.Range(0, RowCount).Select(row => row % 3 == 1 ? 2.0 : 1.0)];
        int[] repeated = [.. Enumerable.Range(0, RowCount).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        using IPackedSet weighted = shape.Pack(sample.Rows, sample.Labels, weights);
        using IPackedSet doubled = PackOnly(shape, sample, repeated);

        AssertSame(shape, doubled.LossAndGradient(sample.Weights), weighted.LossAndGradient(sample.Weights));
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void A_row_of_weight_0_does_not_count_whatever_its_features(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        double farthest = shape.IsSingle ? 1e34 : 1e300;
        Sample sample = Sample.Of(shape.Shape, RowCount).WithScaledFeature(0, row => (row % 6) switch { 2 => farthest, 4 => 300, _ => 1 });
        double[] weights = [.. Enumerable.Range(0, RowCount).Select(row => row % 2 == 0 ? 0.0 : 1.0)];
        using IPackedSet weighted = shape.Pack(sample.Rows, sample.Labels, weights);
        using IPackedSet without = PackOnly(shape, sample, [.. Enumerable.Range(0, RowCount).Where(row => weights[row] > 0)]);

        AssertSame(shape, without.LossAndGradient(sample.Weights), weighted.LossAndGradient(sample.Weights));
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void A_row_of_weight_0_does_not_count_whatever_its_scores(string name)
    {
        // Scores, and differences of scores, beyond all numbers: infinite ones, and those that are no numbers.
        ShapeCase shape = ShapeCase.Of(name);
        double farthest = shape.IsSingle ? 3e38 : 1.7e308;
        Sample sample = Sample.Of(shape.Shape, RowCount);
        for (int row = 0; row < RowCount; row += 2)
        {
            int features = shape.Shape.Features;
            for (int k = 0; k < features; k++)
            {
                sample.Rows[(row * features) + k] = (row + k) % 4 == 0 ? farthest : -farthest;
            }
        }

        double[] weights = [.. Enumerable.Range(0, RowCount).Select(row => row % 2 == 0 ? 0.0 : 1.0)];
        using IPackedSet weighted = shape.Pack(sample.Rows, sample.Labels, weights);
        using IPackedSet without = PackOnly(shape, sample, [.. Enumerable.Range(0, RowCount).Where(row => weights[row] > 0)]);

        AssertSame(shape, without.LossAndGradient(sample.Weights), weighted.LossAndGradient(sample.Weights));
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Equal_weights_of_any_size_do_not_matter(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        using IPackedSet unweighted = shape.Pack(sample.Rows, sample.Labels);
        foreach (double weight in (double[])[1e-20, 1, 1e20])
        {
            using IPackedSet weighted = shape.Pack(sample.Rows, sample.Labels, [.. Enumerable.Repeat(weight, RowCount)]);

            AssertSame(shape, unweighted.LossAndGradient(sample.Weights), weighted.LossAndGradient(sample.Weights));
        }
    }

    private static IPackedSet PackOnly(ShapeCase shape, Sample sample, int[] rows)
    {
        int features = shape.Shape.Features;
        return shape.Pack(
            [.. rows.SelectMany(row => sample.Rows.Skip(row * features).Take(features))],
            [.. rows.Select(row => sample.Labels[row])]);
    }

    private static void AssertSame(ShapeCase shape, MeanLoss expected, MeanLoss actual) =>
        AssertClose.Equal(expected, actual, shape.IsSingle ? 5e-6 : 1e-13, "Weighted rows");
}
