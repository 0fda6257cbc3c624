using SoftmaxGen.Tests.Evaluations.Sklearn;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Curves;

public sealed class PrecisionRecallCurveTests
{
    [Fact]
    public void Points_and_average_precision_are_those_of_scikit_learn()
    {
        foreach (SklearnCurves.Case expected in SklearnCurves.Cases)
        {
            PrecisionRecallCurve curve = PrecisionRecallCurve.Create(expected.Scores, expected.Positive, expected.Weights);

            // scikit-learn has them in ascending order of the thresholds, the last without one.
            Assert.Equal(expected.PrecisionRecall.Thresholds, curve.Points.Skip(1).Select(point => point.Threshold).Reverse());
            AssertClose.Vector(expected.PrecisionRecall.Precision, [.. curve.Points.Select(point => point.Precision).Reverse()], 1e-12, expected.Name);
            AssertClose.Vector(expected.PrecisionRecall.Recall, [.. curve.Points.Select(point => point.Recall).Reverse()], 1e-12, expected.Name);
            AssertClose.Equal(expected.AveragePrecision, curve.AveragePrecision, 1e-12, expected.Name);
        }
    }

    [Fact]
    public void The_average_precision_adds_up_over_thresholds()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            double positives = rows.Count((_, positive) => positive);
            double expected = 0;
            double last = 0;
            foreach (double threshold in rows.Thresholds)
            {
                double hits = rows.Count((score, positive) => positive && score >= threshold);
                expected += (hits - last) / positives * hits / rows.Count((score, _) => score >= threshold);
                last = hits;
            }

            PrecisionRecallCurve curve = PrecisionRecallCurve.Create(rows.Scores, rows.Positive, rows.Weights);

            Assert.Equal(expected, curve.AveragePrecision, 1e-14);
            Assert.Equal(positives / rows.Counts.Sum(), curve.Prevalence, 1e-15);
            Assert.Equal(1 + rows.Thresholds.Length, curve.Points.Count);
        }
    }

    [Fact]
    public void Scores_that_say_nothing_have_the_prevalence()
    {
        PrecisionRecallCurve curve = PrecisionRecallCurve.Create([3, 3, 3, 3], [true, false, false, false]);

        Assert.Equal(0.25, curve.AveragePrecision);
        Assert.Equal([new PrecisionRecallPoint(double.PositiveInfinity, 1, 0), new PrecisionRecallPoint(3, 0.25, 1)], curve.Points);
    }

    [Fact]
    public void Positive_rows_alone_have_a_curve_and_negative_ones_have_none()
    {
        Assert.Equal(1, PrecisionRecallCurve.Create([3, 1, 2], [true, true, true]).AveragePrecision);

        var exception = Assert.Throws<ArgumentException>("isPositive", () => PrecisionRecallCurve.Create([3, 1, 2], [false, false, false]));
        Assert.Contains("a precision-recall curve needs one", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_and_scores_agree_in_single_precision()
    {
        Sample sample = Sample.Of(Single3x4.Shape, 80);
        float[] rows = Array.ConvertAll(sample.Rows, x => (float)x);
        Single3x4 model = Single3x4.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w));
        double[] scores = [.. rows.Chunk(4).Select(row =>
        {
            float[] probabilities = new float[3];
            model.PredictProbabilities(row, probabilities);
            return (double)probabilities[1];
        })];

        PrecisionRecallCurve curve = PrecisionRecallCurve.Create(model, rows, sample.Labels, positiveLabel: 1);

        Assert.Equal(PrecisionRecallCurve.Create(scores, Array.ConvertAll(sample.Labels, label => label == 1)).Points, curve.Points);
        Assert.StartsWith("average precision 0.", curve.ToString(), StringComparison.Ordinal);
    }
}
