using SoftmaxGen.Tests.Evaluations.Curves;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Decisions;

public sealed class ThresholdCurveTests
{
    [Fact]
    public void Metrics_at_a_threshold_count_rows()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            ThresholdCurve curve = ThresholdCurve.Create(rows.Scores, rows.Positive, rows.Weights);

            // The scores themselves, and between, above and below them.
            foreach (double threshold in rows.Scores.SelectMany(score => new[] { score, score + 0.1, score - 0.1 }).Append(double.PositiveInfinity))
            {
                double truePositives = rows.Count((score, positive) => positive && score >= threshold);
                double falsePositives = rows.Count((score, positive) => !positive && score >= threshold);
                double trueNegatives = rows.Count((score, positive) => !positive && score < threshold);
                double falseNegatives = rows.Count((score, positive) => positive && score < threshold);

                Assert.Equal(new BinaryMetrics(threshold, truePositives, falsePositives, trueNegatives, falseNegatives), curve.At(threshold));
            }

            Assert.Equal([double.PositiveInfinity, .. rows.Thresholds], curve.Points.Select(point => point.Threshold));
        }
    }

    [Fact]
    public void Metrics_are_those_of_the_counts()
    {
        // Exact fractions of 12 hits, 4 false alarms, 20 rightly negative rows and 3 misses.
        var metrics = new BinaryMetrics(0.4, 12, 4, 20, 3);

        Assert.Equal(12.0 / 16, metrics.Precision);
        Assert.Equal(12.0 / 15, metrics.Recall);
        Assert.Equal(20.0 / 24, metrics.Specificity);
        Assert.Equal(20.0 / 23, metrics.NegativePredictiveValue);
        Assert.Equal(32.0 / 39, metrics.Accuracy);
        Assert.Equal(((12.0 / 15) + (20.0 / 24)) / 2, metrics.BalancedAccuracy, 1e-15);
        Assert.Equal(24.0 / 31, metrics.F1, 1e-15);
        Assert.Equal(60.0 / (60 + 12 + 4), metrics.FScore(2), 1e-15);
        Assert.Equal(((12 * 20) - (4 * 3)) / Math.Sqrt(16.0 * 15 * 24 * 23), metrics.MatthewsCorrelation, 1e-15);
        Assert.Equal((20 * 1) + (4 * 2) + (3 * 30) + (12 * -4), metrics.Cost(new CostMatrix(2, [1, 2, 30, -4])));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => metrics.FScore(0));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => metrics.FScore(double.NaN));
        Assert.Throws<ArgumentException>("costs", () => metrics.Cost(new CostMatrix(3, new double[9])));
    }

    [Fact]
    public void Shares_without_a_denominator_are_nought()
    {
        var none = new BinaryMetrics(double.PositiveInfinity, 0, 0, 0, 0);

        double[] shares =
            [none.Precision, none.Recall, none.Specificity, none.NegativePredictiveValue, none.Accuracy, none.BalancedAccuracy, none.F1,
                none.MatthewsCorrelation];
        Assert.All(shares, share => Assert.Equal(0, share));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_threshold_has_a_higher_f_score(double beta)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ThresholdCurve curve = Curve(seed);

            BinaryMetrics best = curve.BestFScore(beta);

            Assert.Equal(curve.Points.Max(point => point.FScore(beta)), best.FScore(beta));
            Assert.Equal(curve.Points.First(point => point.FScore(beta) == best.FScore(beta)), best);
            Assert.Equal(curve.At(best.Threshold), best);
        }

        Assert.Equal(Curve(1).BestFScore(1), Curve(1).BestF1());
        Assert.Throws<ArgumentOutOfRangeException>(nameof(beta), () => Curve(1).BestFScore(-1));
    }

    [Fact]
    public void No_threshold_costs_less()
    {
        var random = new Random(2);
        for (int seed = 0; seed < 200; seed++)
        {
            ThresholdCurve curve = Curve(seed);
            var costs = new CostMatrix(2, [0, random.Next(1, 9), random.Next(1, 9), -random.Next(3)]);

            BinaryMetrics best = curve.LeastCost(costs);

            Assert.Equal(curve.Points.Min(point => point.Cost(costs)), best.Cost(costs));
            Assert.Equal(curve.Points.First(point => point.Cost(costs) == best.Cost(costs)), best);
        }
    }

    [Fact]
    public void Where_false_alarms_cost_too_much_no_row_is_positive()
    {
        ThresholdCurve curve = ThresholdCurve.Create([0.2, 0.9, 0.8], [true, false, true]);

        Assert.Equal(double.PositiveInfinity, curve.LeastCost(new CostMatrix(2, [0, 1000, 1, 0])).Threshold);
        Assert.Equal(0.2, curve.LeastCost(new CostMatrix(2, [0, 1, 1000, 0])).Threshold);
    }

    [Fact]
    public void A_wanted_precision_is_reached_with_the_most_recall()
    {
        int reached = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            ThresholdCurve curve = Curve(seed);
            foreach (double wanted in (double[])[0.2, 0.5, 0.75, 1])
            {
                BinaryMetrics[] enough = [.. curve.Points.Where(point => point.Precision >= wanted)];
                if (enough.Length == 0)
                {
                    var exception = Assert.Throws<ArgumentException>("atLeast", () => curve.WithPrecision(wanted));
                    Assert.Contains("the highest is", exception.Message, StringComparison.Ordinal);
                    continue;
                }

                Assert.Equal(enough.OrderByDescending(point => point.Recall).ThenByDescending(point => point.Threshold).First(), curve.WithPrecision(wanted));
                reached++;
            }
        }

        Assert.InRange(reached, 100, 1100);
    }

    [Fact]
    public void A_wanted_recall_is_reached_with_the_most_precision()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            ThresholdCurve curve = Curve(seed);
            foreach (double wanted in (double[])[0.2, 0.5, 0.75, 1])
            {
                BinaryMetrics expected = curve.Points
                    .Where(point => point.Recall >= wanted)
                    .OrderByDescending(point => point.Precision)
                    .ThenByDescending(point => point.Threshold)
                    .First();

                Assert.Equal(expected, curve.WithRecall(wanted));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Shares_that_cannot_be_wanted_are_refused(double wanted)
    {
        Assert.Throws<ArgumentOutOfRangeException>("atLeast", () => Curve(1).WithPrecision(wanted));
        Assert.Throws<ArgumentOutOfRangeException>("atLeast", () => Curve(1).WithRecall(wanted));
    }

    [Fact]
    public void Rows_of_one_kind_have_no_choice()
    {
        Assert.Throws<ArgumentException>("isPositive", () => ThresholdCurve.Create([1, 2], [true, true]));
        Assert.Throws<ArgumentException>("isPositive", () => ThresholdCurve.Create([1, 2], [false, false]));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => Curve(1).At(double.NaN));
    }

    [Fact]
    public void A_chosen_threshold_decides_as_it_was_measured()
    {
        Sample sample = Sample.Of(Single2x11.Shape, 300);
        float[] rows = Array.ConvertAll(sample.Rows, x => (float)(20 * x)); // many probabilities round to 0 or 1
        Single2x11 model = Single2x11.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w));
        ThresholdCurve curve = ThresholdCurve.Create(model, rows, sample.Labels);
        int[] predicted = new int[300];

        foreach (BinaryMetrics point in curve.Points)
        {
            model.PredictBatchWith(rows, point.Threshold, predicted);

            Assert.Equal(point.TruePositives, predicted.Where((label, row) => label == 1 && sample.Labels[row] == 1).Count());
            Assert.Equal(point.FalsePositives, predicted.Where((label, row) => label == 1 && sample.Labels[row] == 0).Count());
        }

        Assert.Equal(curve.Points.Select(point => point.Threshold).Distinct(), curve.Points.Select(point => point.Threshold));
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        using CultureScope culture = CultureScope.Hostile();

        Assert.Equal(
            "threshold 0.4: precision 0.7500, recall 0.8000, F1 0.7742, specificity 0.8333, accuracy 0.8205", new BinaryMetrics(0.4, 12, 4, 20, 3).ToString());
    }

    private static ThresholdCurve Curve(int seed)
    {
        ScoredRows rows = ScoredRows.Of(seed);
        return ThresholdCurve.Create(rows.Scores, rows.Positive, rows.Weights);
    }
}
