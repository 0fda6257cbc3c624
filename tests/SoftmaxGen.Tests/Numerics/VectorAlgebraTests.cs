using SoftmaxGen.Numerics;

namespace SoftmaxGen.Tests.Numerics;

public sealed class VectorAlgebraTests
{
    /// <summary>Lengths around whole multiples of every vector width.</summary>
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Operations_match_their_formulas(int length)
    {
        // Whole numbers, so that no order of summation rounds.
        double[] x = [.. Enumerable.Range(1, length).Select(i => (double)i)];
        double[] y = [.. Enumerable.Range(1, length).Select(i => 100.0 - (i * i))];
        double[] added = [.. y];
        double[] scaled = new double[length];
        double[] difference = new double[length];
        double[] sum = new double[length];
        double[] product = new double[length];
        double[] shifted = [.. y];
        double[] rotatedX = [.. x];
        double[] rotatedY = [.. y];

        VectorAlgebra.AddScaled(3, x, added);
        VectorAlgebra.Scale(-2, x, scaled);
        VectorAlgebra.Subtract(x, y, difference);
        VectorAlgebra.AddScaled(0.5, y, x, sum);
        double inner = VectorAlgebra.MultiplyAndDot(x, y, added, product);
        VectorAlgebra.AddScaledAndMultiply(-2, x, product, shifted);
        VectorAlgebra.Rotate(0.5, -2, rotatedX, rotatedY);

        Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), VectorAlgebra.Dot(x, y));
        Assert.Equal(x.Zip(y, (a, b) => b + (3 * a)), added);
        Assert.Equal(x.Select(a => -2 * a), scaled);
        Assert.Equal(x.Zip(y, (a, b) => a - b), difference);
        Assert.Equal(x.Zip(y, (a, b) => a + (0.5 * b)), sum);
        Assert.Equal(x.Zip(y, (a, b) => a * b), product);
        Assert.Equal(x.Zip(y, (a, b) => a * b * (b + (3 * a))).Sum(), inner);
        Assert.Equal(x.Zip(y, (a, b) => (b - (2 * a)) * a * b), shifted);
        Assert.Equal(x.Zip(y, (a, b) => (0.5 * a) - (2 * b)), rotatedX);
        Assert.Equal(x.Zip(y, (a, b) => (0.5 * b) + (2 * a)), rotatedY);
    }
}
