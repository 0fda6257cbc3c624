using System.Buffers;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// The three ways to a loss and a gradient agree with the textbook, for every shape and for row counts around those of vectors, blocks and
/// tiles.
/// </summary>
public class LossAndGradientTests
{
    private static readonly int[] RowCounts = [1, 5, 7, 8, 9, 63, 64, 65, 1000, 4099];

    public static TheoryData<string> Shapes => ShapeCase.Names;

    public static TheoryData<string> DoubleShapes => ShapeCase.DoubleNames;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Packed_rows_agree_with_the_textbook(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (Sample sample in Samples(shape))
        {
            using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
            AssertAgrees(shape, PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices), set.LossAndGradient(sample.Weights), sample);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Weighted_rows_agree_with_the_textbook(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (Sample sample in Samples(shape))
        {
            double[] rowWeights = sample.RowWeights();
            using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, rowWeights);
            MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);
            AssertAgrees(shape, expected, set.LossAndGradient(sample.Weights), sample);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Row_major_rows_agree_with_the_textbook(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (Sample sample in Samples(shape))
        {
            MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
            AssertAgrees(shape, expected, shape.RowMajor(sample.Weights, sample.Rows, sample.Labels), sample);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(DoubleShapes))]
    public void The_gradient_is_the_slope_of_the_loss(string name)
    {
        const double Step = 1e-5;
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, 77);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
        double[] gradient = set.LossAndGradient(sample.Weights).Gradient;
        for (int seed = 2; seed < 6; seed++)
        {
            double[] direction = Sample.Of(shape.Shape, 1, seed).Weights;

            double forward = set.LossAndGradient(Moved(sample.Weights, direction, Step)).Loss;
            double backward = set.LossAndGradient(Moved(sample.Weights, direction, -Step)).Loss;

            double slope = gradient.Zip(direction, (g, d) => g * d).Sum();
            AssertClose.Equal((forward - backward) / (2 * Step), slope, 1e-8, $"{name}: the slope in direction {seed}");
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Without_weights_every_class_is_as_probable_as_any(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, 41);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        double loss = set.LossAndGradient(new double[shape.Shape.ParameterCount]).Loss;

        Assert.Equal(Math.Log(shape.Shape.Classes), loss, shape.IsSingle ? 1e-6 : 4e-15);
    }

    [Fact]
    public void What_rented_scratch_holds_does_not_matter()
    {
        ShapeCase shape = ShapeCase.Of(nameof(Double100x784));
        var sample = Sample.Of(shape.Shape, 65);
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        SpoilPool();
        AssertAgrees(shape, expected, set.LossAndGradient(sample.Weights), sample);
        SpoilPool();
        AssertAgrees(shape, expected, shape.RowMajor(sample.Weights, sample.Rows, sample.Labels), sample);
    }

    // Fills the arrays that the pool lends to this thread next with NaN.
    private static void SpoilPool()
    {
        for (int length = 1 << 10; length <= 1 << 20; length *= 2)
        {
            double[] array = ArrayPool<double>.Shared.Rent(length);
            Array.Fill(array, double.NaN);
            ArrayPool<double>.Shared.Return(array);
        }
    }

    private static IEnumerable<Sample> Samples(ShapeCase shape)
    {
        const long MostProducts = 100_000_000;
        return RowCounts
            .Where(rowCount => (long)rowCount * shape.Shape.ParameterCount <= MostProducts)
            .Select(rowCount => Sample.Of(shape.Shape, rowCount, seed: rowCount));
    }

    private static double[] Moved(double[] weights, double[] direction, double step) => [.. weights.Zip(direction, (w, d) => w + (step * d))];

    private static void AssertAgrees(ShapeCase shape, MeanLoss expected, MeanLoss actual, Sample sample) =>
        AssertClose.Equal(expected, actual, shape.IsSingle ? 5e-6 : 1e-13, $"{sample.ClassIndices.Length} rows");
}
