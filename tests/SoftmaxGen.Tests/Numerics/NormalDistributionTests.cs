using SoftmaxGen.Numerics;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>The expected numbers were computed with 40 decimal digits by mpmath 1.3: <c>erfc(z / sqrt(2))</c>, and its inverse by Newton's method.</summary>
public sealed class NormalDistributionTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e-9, 0.9999999992021154392)]
    [InlineData(0.1, 0.92034432544594203266)]
    [InlineData(0.6744, 0.50005704274588122938)]
    [InlineData(0.7, 0.48392730444614605723)]
    [InlineData(1, 0.31731050786291410283)]
    [InlineData(1.96, 0.049995790296440872426)]
    [InlineData(3.5, 0.0004652581580710500727)]
    [InlineData(5.65, 1.6044783701326995198e-8)]
    [InlineData(5.7, 1.1980742802127056376e-8)]
    [InlineData(8, 1.2441921148543568247e-15)]
    [InlineData(12.5, 7.4651285977554267545e-36)]
    [InlineData(20, 5.5072482372124673902e-89)]
    [InlineData(37, 1.1451142445049153645e-299)]
    [InlineData(double.PositiveInfinity, 0)]
    public void Two_sided_tails_are_those_of_an_arbitrary_precision_computation(double z, double tail)
    {
        AssertClose.Equal(tail, NormalDistribution.TwoSidedTail(z), 1.2e-15 * tail, "the tail");
        Assert.Equal(NormalDistribution.TwoSidedTail(z), NormalDistribution.TwoSidedTail(-z));
    }

    [Theory]
    [InlineData(0.25, 0.6744897501960817432)]
    [InlineData(0.1, 1.2815515655446004353)]
    [InlineData(0.075, 1.4395314709384559349)]
    [InlineData(0.05, 1.644853626951472688)]
    [InlineData(0.025, 1.9599639845400542118)]
    [InlineData(0.005, 2.5758293035489007538)]
    [InlineData(0.0005, 3.2905267314918947874)]
    [InlineData(1e-6, 4.7534243088228989573)]
    [InlineData(1e-10, 6.3613409024040561991)]
    [InlineData(1e-20, 9.2623400897984075796)]
    [InlineData(1e-100, 21.273453560965324294)]
    [InlineData(1e-300, 37.047096299361199237)]
    public void Quantiles_are_those_of_an_arbitrary_precision_computation(double tail, double quantile) =>
        AssertClose.Equal(quantile, NormalDistribution.UpperQuantile(tail), 1.2e-15 * quantile, "the quantile");

    [Fact]
    public void Quantiles_are_symmetric_and_undo_tails()
    {
        Assert.Equal(0, NormalDistribution.UpperQuantile(0.5));
        for (int i = 1; i < 512; i++)
        {
            double tail = i / 1024.0;
            double quantile = NormalDistribution.UpperQuantile(tail);
            Assert.Equal(-quantile, NormalDistribution.UpperQuantile(1 - tail));
            AssertClose.Equal(2 * tail, NormalDistribution.TwoSidedTail(quantile), 1e-14 * tail, $"the tail beyond {quantile}");
        }
    }
}
