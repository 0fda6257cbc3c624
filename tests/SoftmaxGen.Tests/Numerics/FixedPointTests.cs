namespace SoftmaxGen.Tests.Numerics;

/// <summary>The yardstick is right: published digits, cut into a double and the rest.</summary>
public class FixedPointTests
{
    private const double HalfUlp = 0.5;

    [Theory]
    [InlineData(0.5, 1.4142135623730951)] // 1.41421356237309504880...
    [InlineData(0.25, 1.189207115002721)] // 1.18920711500272106672...
    [InlineData(-0.125, 0.9170040432046712)] // 0.91700404320467123174...
    [InlineData(0, 1)]
    [InlineData(10, 1024)]
    [InlineData(-1020.5, 6.293459255965435E-308)]
    public void Powers_of_2(double t, double rounded) => Assert.InRange(FixedPoint.UlpsFromPowerOf2(rounded, t, 53), 0, HalfUlp);

    [Theory]
    [InlineData(2, 0.6931471805599453)] // 0.69314718055994530942...
    [InlineData(10, 2.302585092994046)] // 2.30258509299404568402...
    [InlineData(0.5, -0.6931471805599453)]
    [InlineData(1.4142135623730951, 0.3465735902799727)] // Half of ln 2, and 6.9e-17 for the rounding of the root.
    [InlineData(1, 0)]
    public void Logarithms(double z, double rounded) => Assert.InRange(FixedPoint.FromLog(rounded, z, 53).Ulps, 0, HalfUlp);

    [Fact]
    public void Errors_are_counted_in_last_places()
    {
        Assert.Equal(3, FixedPoint.UlpsFromPowerOf2(Math.BitIncrement(Math.BitIncrement(Math.BitIncrement(8))), 3, 53));
        Assert.Equal(1, FixedPoint.UlpsFromPowerOf2(MathF.BitIncrement(8), 3, 24));

        // sqrt 2 lies 0.4354 units below the double above it.
        Assert.Equal(0.4354, FixedPoint.UlpsFromPowerOf2(1.4142135623730951, 0.5, 53), 1e-4);
    }
}
