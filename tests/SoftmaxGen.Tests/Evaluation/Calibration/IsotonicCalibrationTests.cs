using SoftmaxGen.Tests.Evaluations.Curves;
using SoftmaxGen.Tests.Evaluations.Sklearn;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

public sealed class IsotonicCalibrationTests
{
    [Fact]
    public void Probabilities_are_those_of_scikit_learn()
    {
        foreach (SklearnCurves.Case expected in SklearnCurves.Cases)
        {
            IsotonicCalibration calibration = IsotonicCalibration.Create(expected.Scores, expected.Positive, expected.Weights);

            double[] probabilities = new double[expected.Isotonic.Queries.Length];
            calibration.Calibrate(expected.Isotonic.Queries, probabilities);
            for (int i = 0; i < probabilities.Length; i++)
            {
                AssertClose.Equal(expected.Isotonic.Predictions[i], probabilities[i], 1e-12, expected.Name);
            }
        }
    }

    [Fact]
    public void At_each_score_stands_the_largest_of_the_smallest_means()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            IsotonicCalibration calibration = IsotonicCalibration.Create(rows.Scores, rows.Positive, rows.Weights);

            // The formula of maxima and minima: max over a <= i of min over b >= i of the mean from a to b (Barlow and others, 1972).
            double[] scores = [.. rows.Thresholds.Order()];
            for (int i = 0; i < scores.Length; i++)
            {
                double expected = Enumerable.Range(0, i + 1).Max(a => Enumerable.Range(i, scores.Length - i).Min(b => Mean(rows, scores[a], scores[b])));
                Assert.Equal(expected, calibration.Calibrate(scores[i]), 1e-15);
            }

            Assert.Equal(calibration.Scores.Order().Distinct(), calibration.Scores);
            Assert.Equal(calibration.Probabilities.Order(), calibration.Probabilities);
            Assert.Equal(calibration.Probabilities[0], calibration.Calibrate(double.NegativeInfinity));
            Assert.Equal(calibration.Probabilities[^1], calibration.Calibrate(double.MaxValue));
        }
    }

    [Fact]
    public void Between_two_points_the_function_is_linear()
    {
        IsotonicCalibration calibration = IsotonicCalibration.Create([0, 0, 1, 1, 3, 3], [false, false, false, true, true, true]);

        Assert.Equal([0, 1, 3], calibration.Scores);
        Assert.Equal([0, 0.5, 1], calibration.Probabilities);
        Assert.Equal(0.125, calibration.Calibrate(0.25));
        Assert.Equal(0.875, calibration.Calibrate(2.5));
        Assert.Equal(0, calibration.Calibrate(-1));
        Assert.Equal(1, calibration.Calibrate(4));
    }

    [Fact]
    public void The_largest_scores_do_not_overflow()
    {
        IsotonicCalibration calibration = IsotonicCalibration.Create([-double.MaxValue, double.MaxValue], [false, true]);

        Assert.Equal(0.5, calibration.Calibrate(0));
        Assert.Equal(0.75, calibration.Calibrate(double.MaxValue / 2));
    }

    [Fact]
    public void A_model_is_calibrated_by_the_probability_of_its_second_class()
    {
        Sample sample = Sample.Of(Double2x11From1.Shape, 200);
        Double2x11From1 model = Double2x11From1.FromWeights(sample.Weights);
        double[] probabilities = [.. sample.Rows.Chunk(11).Select(row =>
        {
            double[] both = new double[2];
            model.PredictProbabilities(row, both);
            return both[1];
        })];

        IsotonicCalibration calibration = IsotonicCalibration.Create(model, sample.Rows, sample.Labels);

        IsotonicCalibration expected = IsotonicCalibration.Create(probabilities, Array.ConvertAll(sample.Labels, label => label == 2));
        Assert.Equal(expected.Scores, calibration.Scores);
        Assert.Equal(expected.Probabilities, calibration.Probabilities);
        double mean = 0;
        foreach ((double[] row, int i) in sample.Rows.Chunk(11).Select((row, i) => (row, i)))
        {
            double calibrated = calibration.PredictProbability(model, row);
            Assert.Equal(calibration.Calibrate(probabilities[i]), calibrated);
            mean += calibrated / 200;
        }

        Assert.Equal(sample.Labels.Count(label => label == 2) / 200.0, mean, 1e-12);
        AssertAllocation.None(() => calibration.PredictProbability(model, sample.Rows.AsSpan(0, 11)));
    }

    [Fact]
    public void What_cannot_be_calibrated_is_refused()
    {
        Double3x4 three = Double3x4.FromWeights(new double[15]);
        IsotonicCalibration calibration = IsotonicCalibration.Create([1, 2], [false, true]);

        Assert.Throws<ArgumentException>("isPositive", () => IsotonicCalibration.Create([1, 2], [true, true]));
        Assert.Throws<ArgumentException>("isPositive", () => IsotonicCalibration.Create([1, 2], [false, false]));
        Assert.Throws<ArgumentException>("scores", () => IsotonicCalibration.Create([1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>("model", () => IsotonicCalibration.Create(three, new double[4], [0]));
        Assert.Throws<ArgumentException>("model", () => calibration.PredictProbability(three, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>("score", () => calibration.Calibrate(double.NaN));
        Assert.Throws<ArgumentException>("probabilities", () => calibration.Calibrate([1, 2], new double[1]));
    }

    private static double Mean(ScoredRows rows, double from, double to) =>
        rows.Count((score, positive) => positive && score >= from && score <= to) / (double)rows.Count((score, _) => score >= from && score <= to);
}
