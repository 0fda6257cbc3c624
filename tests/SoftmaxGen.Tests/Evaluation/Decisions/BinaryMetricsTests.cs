using System.Numerics;

namespace SoftmaxGen.Tests.Evaluations.Decisions;

/// <summary>Counts by chance, in units from the smallest to the largest weights: what is a share knows no unit.</summary>
public sealed class BinaryMetricsTests
{
    [Fact]
    public void Shares_are_those_of_the_counts_in_any_unit()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            int[] counts = [.. Enumerable.Range(0, 4).Select(_ => random.Next(random.Next(2) == 0 ? 5 : 5000))];
            (int hits, int alarms, int rejections, int misses) = (counts[0], counts[1], counts[2], counts[3]);
            BinaryMetrics metrics = InUnits(random.Next(-1074, 1005));

            BigInteger product = BigInteger.One * (hits + alarms) * (hits + misses) * (rejections + alarms) * (rejections + misses);
            double correlation = product.IsZero ? 0 : (((double)hits * rejections) - ((double)alarms * misses)) / Math.Sqrt((double)product);
            Assert.Equal(correlation, metrics.MatthewsCorrelation, 1e-14);
            Assert.Equal(FScore(1), metrics.F1, 1e-15);
            Assert.Equal(FScore(2), metrics.FScore(2), 1e-15);
            Assert.Equal(FScore(0.25), metrics.FScore(0.25), 1e-15);

            // At its ends the F score is the recall and the precision.
            Assert.Equal(hits > 0 ? (double)hits / (hits + misses) : 0, metrics.FScore(double.MaxValue), 1e-15);
            Assert.Equal(hits > 0 ? (double)hits / (hits + alarms) : 0, metrics.FScore(double.Epsilon), 1e-15);

            BinaryMetrics InUnits(int exponent) => new(
                0.5, Math.ScaleB(hits, exponent), Math.ScaleB(alarms, exponent), Math.ScaleB(rejections, exponent), Math.ScaleB(misses, exponent));

            double FScore(double beta) => hits == 0 ? 0 : (1 + (beta * beta)) * hits / (((1 + (beta * beta)) * hits) + (beta * beta * misses) + alarms);
        }
    }

    [Fact]
    public void A_threshold_of_costs_knows_no_unit()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            double[] costs = [-random.Next(9), random.Next(1, 9), random.Next(1, 9), -random.Next(9)];
            double expected = (costs[1] - costs[0]) / (costs[1] - costs[0] + costs[2] - costs[3]);

            // Half of them so large that differences of 16 units overflow.
            int exponent = i % 2 == 0 ? 1020 : random.Next(-1074, 1021);

            Assert.Equal(expected, new CostMatrix(2, [.. costs.Select(cost => Math.ScaleB(cost, exponent))]).Threshold, 1e-15);
        }
    }
}
