using SoftmaxGen.Online;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

public sealed class FeatureScalesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.7e9, 300)]
    [InlineData(-4e-9, 1e-12)]
    [InlineData(1e200, 1e190)]
    [InlineData(0, 1e-200)]
    public void The_scale_is_that_of_the_nearest_nine_tenths(double centre, double spread)
    {
        Random random = new(7);
        double[] distances = [.. Enumerable.Range(0, 64).Select(_ => OnlineStream.Normal(random))];
        double[] column = [.. distances.Select(d => centre + (spread * d))];
        FeatureScales scales = Measure(column);

        double median = column.Order().ElementAt(32);
        double[] nearest = [.. column.Select(x => Math.Abs((x - median) / spread)).Order().Take(58)];
        double expected = spread * Math.Sqrt(nearest.Average(d => d * d));
        AssertClose.Equal(1 / expected, scales.InverseScale(0), 1e-14 / expected, "the inverse scale");
        AssertZ(scales, column[5], (column[5] - median) / expected, 1e-12);
        AssertZ(scales, median, 0, 0);
    }

    [Fact]
    public void A_feature_that_seldom_differs_has_the_scale_of_all_rows()
    {
        double[] column = new double[64];
        column[10] = 3;
        column[40] = -4;
        FeatureScales scales = Measure(column);
        AssertClose.Equal(Math.Sqrt(64 / 25.0), scales.InverseScale(0), 1e-15, "the inverse scale");
    }

    [Theory]
    [InlineData(0.3, 0.1 + 0.2)]
    [InlineData(5e9, 5e9)]
    [InlineData(0, 1e-310)]
    [InlineData(0, 0)]
    public void A_constant_but_for_rounding_is_idle(double value, double other)
    {
        FeatureScales scales = Measure([.. Enumerable.Range(0, 64).Select(i => i % 3 == 0 ? other : value)]);
        double[] row = new double[2];
        scales.Apply([other], row);
        Assert.True(scales.IsIdle(0));
        Assert.False(scales.Departs(row));
    }

    [Fact]
    public void Centres_and_scales_change_no_score()
    {
        var scales = new FeatureScales(1);
        double[] weights = [1, 10, 2, -10];
        double[] others = [.. weights];
        double[] row = new double[2];

        Assert.False(scales.Set(0, 2, 0, weights, others));
        Assert.Equal([21, 10, -18, -10], weights);
        scales.Apply([-3], row);
        Assert.True(scales.Departs(row));
        Assert.True(scales.Set(0, 3, 5, weights, others));
        Assert.False(scales.Departs(row));
        Assert.Equal([31, 50, -28, -50], weights);
        Assert.Equal(weights, others);
        double[] raw = new double[4];
        scales.ToRaw(weights, raw);
        AssertClose.Vector([1, 10, 2, -10], raw, 1e-15, "the raw weights");
    }

    [Fact]
    public void Beyond_its_reach_a_row_counts_as_if_it_were_there_and_the_reach_doubles()
    {
        var scales = new FeatureScales(3);
        scales.Set(0, 0, 1, [], []);
        scales.Set(1, 0, 1, [], []);
        double[] near = new double[4];
        scales.Reach([1, 1e9, 10, 5], near);
        Assert.Equal([1, 10, 10, 0], near);
        scales.Reach([1, -15, -11, 1e300], near);
        Assert.Equal([1, -15, -10, 0], near);
        scales.Reach([1, -25, 12, 0], near);
        Assert.Equal([1, -20, 12, 0], near);
    }

    private static FeatureScales Measure(double[] column)
    {
        var scales = new FeatureScales(1);
        scales.Measure(0, [.. column], [], []);
        return scales;
    }

    private static void AssertZ(FeatureScales scales, double feature, double expected, double tolerance)
    {
        double[] row = new double[2];
        scales.Apply([feature], row);
        AssertClose.Equal(expected, row[1], tolerance, "z");
    }
}
