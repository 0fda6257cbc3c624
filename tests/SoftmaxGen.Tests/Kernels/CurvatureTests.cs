using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Products with the Hessian agree with the textbook and with differences of the gradient, and the Hessian with its products.</summary>
public class CurvatureTests
{
    private static readonly int[] RowCounts = [1, 7, 8, 65, 1000];

    public static TheoryData<string> Shapes => ShapeCase.Names;

    public static TheoryData<string> DoubleShapes => ShapeCase.DoubleNames;

    public static TheoryData<string> HessianShapes => ShapeCase.HessianNames;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Products_agree_with_the_textbook(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (Sample sample in Samples(shape))
        {
            foreach (double[]? rowWeights in new[] { null, sample.RowWeights() })
            {
                double[] direction = Sample.Of(shape.Shape, 1, seed: 9).Weights;
                using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, rowWeights);

                double[] expected = PlainSoftmax.HessianProduct(sample.Weights, direction, sample.Rows, sample.ClassIndices.Length, rowWeights);

                AssertAgrees(expected, set.HessianProduct(sample.Weights, direction), Tolerance(shape), sample);
            }
        }
    }

    [ShapeTheory]
    [MemberData(nameof(DoubleShapes))]
    public void A_product_is_the_slope_of_the_gradient(string name)
    {
        const double Step = 1e-5;
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, 77);
        double[] direction = Sample.Of(shape.Shape, 1, seed: 3).Weights;
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        double[] forward = set.LossAndGradient(Moved(sample.Weights, direction, Step)).Gradient;
        double[] backward = set.LossAndGradient(Moved(sample.Weights, direction, -Step)).Gradient;

        double[] slope = [.. forward.Zip(backward, (f, b) => (f - b) / (2 * Step))];
        AssertClose.Vector(slope, set.HessianProduct(sample.Weights, direction), 1e-7, name);
    }

    [ShapeTheory]
    [MemberData(nameof(HessianShapes))]
    public void The_hessian_times_a_direction_is_the_product(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (Sample sample in Samples(shape))
        {
            foreach (double[]? rowWeights in new[] { null, sample.RowWeights() })
            {
                using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, rowWeights);
                double[] hessian = set.Hessian(sample.Weights);
                for (int seed = 2; seed < 5; seed++)
                {
                    double[] direction = Sample.Of(shape.Shape, 1, seed).Weights;

                    double[] expected = PlainSoftmax.HessianProduct(sample.Weights, direction, sample.Rows, sample.ClassIndices.Length, rowWeights);

                    AssertAgrees(expected, LowerTriangleTimes(hessian, direction), Tolerance(shape), sample);
                }
            }
        }
    }

    [ShapeTheory]
    [MemberData(nameof(HessianShapes))]
    public void The_hessian_times_a_direction_is_the_slope_of_the_gradient(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);

        // The slope of a gradient in single precision shows no more than a few digits, at a longer step.
        (double step, double tolerance) = shape.IsSingle ? (1e-2, 5e-3) : (1e-5, 1e-7);
        var sample = Sample.Of(shape.Shape, 77);
        double[] direction = Sample.Of(shape.Shape, 1, seed: 3).Weights;
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        double[] forward = set.LossAndGradient(Moved(sample.Weights, direction, step)).Gradient;
        double[] backward = set.LossAndGradient(Moved(sample.Weights, direction, -step)).Gradient;

        double[] slope = [.. forward.Zip(backward, (f, b) => (f - b) / (2 * step))];
        AssertClose.Vector(slope, LowerTriangleTimes(set.Hessian(sample.Weights), direction), tolerance, name);
    }

    [ShapeTheory]
    [MemberData(nameof(HessianShapes))]
    public void Above_the_diagonal_the_hessian_is_zero(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, 20);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
        double[] hessian = set.Hessian(sample.Weights);

        int parameters = shape.Shape.ParameterCount;
        Assert.DoesNotContain(Enumerable.Range(0, hessian.Length), i => i % parameters > i / parameters && hessian[i] != 0);
    }

    [Theory]
    [InlineData(nameof(Double2x4))]
    [InlineData(nameof(Double3x4))]
    [InlineData(nameof(Double10x16))]
    [InlineData(nameof(Double26x9))]
    [InlineData(nameof(Single4x8))]
    public void Scores_beyond_the_exponential_are_done_with_care(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        Sample sample = Sample.Of(shape.Shape, 67).WithScaledFeature(0, row => row % 5 == 0 ? 1e4 : 1);
        double[] direction = Sample.Of(shape.Shape, 1, seed: 9).Weights;
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        double[] expected = PlainSoftmax.HessianProduct(sample.Weights, direction, sample.Rows, sample.ClassIndices.Length);

        double tolerance = shape.IsSingle ? 1e-2 : 1e-10;
        AssertClose.Vector(expected, set.HessianProduct(sample.Weights, direction), tolerance, name);
        if (shape.Shape.HasHessian)
        {
            AssertClose.Vector(expected, LowerTriangleTimes(set.Hessian(sample.Weights), direction), tolerance, name);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        ShapeCase shape = ShapeCase.Of(nameof(Double3x4));
        var sample = Sample.Of(shape.Shape, 40_003);
        double[] direction = Sample.Of(shape.Shape, 1, seed: 9).Weights;
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        Assert.Equal(set.HessianProduct(sample.Weights, direction, 1), set.HessianProduct(sample.Weights, direction, 4));
        Assert.Equal(set.Hessian(sample.Weights, 1), set.Hessian(sample.Weights, 4));
    }

    [Fact]
    public void A_shape_without_a_hessian_says_so()
    {
        ShapeCase shape = ShapeCase.Of(nameof(Double26x16));
        var sample = Sample.Of(shape.Shape, 1);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);

        Assert.False(shape.Shape.HasHessian);
        Assert.Contains("26 classes x 16 features", Assert.Throws<NotSupportedException>(() => set.Hessian(sample.Weights)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Sample> Samples(ShapeCase shape)
    {
        const long MostProducts = 20_000_000;
        return RowCounts
            .Where(rowCount => (long)rowCount * shape.Shape.ParameterCount <= MostProducts)
            .Select(rowCount => Sample.Of(shape.Shape, rowCount, seed: rowCount));
    }

    private static double[] LowerTriangleTimes(double[] hessian, double[] direction)
    {
        int length = direction.Length;
        double[] product = new double[length];
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < length; j++)
            {
                product[i] += hessian[(Math.Max(i, j) * length) + Math.Min(i, j)] * direction[j];
            }
        }

        return product;
    }

    private static double[] Moved(double[] weights, double[] direction, double step) => [.. weights.Zip(direction, (w, d) => w + (step * d))];

    // The residual p_j (u_j - sum_l p_l u_l) of a row is a difference of numbers of size 1, whatever is left of them: so is its error.
    private static void AssertAgrees(double[] expected, double[] actual, double tolerance, Sample sample)
    {
        double size = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose.Equal(expected[i], actual[i], tolerance * size, $"{sample.ClassIndices.Length} rows: element {i}");
        }
    }

    private static double Tolerance(ShapeCase shape) => shape.IsSingle ? 5e-6 : 1e-13;
}
