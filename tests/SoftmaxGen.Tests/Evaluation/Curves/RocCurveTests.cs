using SoftmaxGen.Tests.Evaluations.Sklearn;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Curves;

public sealed class RocCurveTests
{
    [Fact]
    public void Points_and_area_are_those_of_scikit_learn()
    {
        foreach (SklearnCurves.Case expected in SklearnCurves.Cases)
        {
            RocCurve curve = RocCurve.Create(expected.Scores, expected.Positive, expected.Weights);

            AssertClose.Vector(expected.Roc.Fpr, [.. curve.Points.Select(point => point.FalsePositiveRate)], 1e-12, expected.Name);
            AssertClose.Vector(expected.Roc.Tpr, [.. curve.Points.Select(point => point.TruePositiveRate)], 1e-12, expected.Name);
            Assert.Equal(expected.Roc.Thresholds, curve.Points.Skip(1).Select(point => point.Threshold));
            AssertClose.Equal(expected.Auc, curve.AreaUnderCurve, 1e-12, expected.Name);
        }
    }

    [Fact]
    public void The_area_counts_pairs_of_rows()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            long[] counts = rows.Counts;
            long halves = 0;
            foreach ((double score, int i) in rows.Scores.Select((score, i) => (score, i)).Where(row => rows.Positive[row.i]))
            {
                long below = rows.Count((other, positive) => !positive && other < score);
                long equal = rows.Count((other, positive) => !positive && other == score);
                halves += counts[i] * ((2 * below) + equal);
            }

            RocCurve curve = RocCurve.Create(rows.Scores, rows.Positive, rows.Weights);

            long pairs = rows.Count((_, positive) => positive) * rows.Count((_, positive) => !positive);
            Assert.Equal(halves / (2.0 * pairs), curve.AreaUnderCurve, 1e-15);
        }
    }

    [Fact]
    public void Each_distinct_score_is_a_point()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            double positives = rows.Count((_, positive) => positive);
            double negatives = rows.Count((_, positive) => !positive);

            RocCurve curve = RocCurve.Create(rows.Scores, rows.Positive, rows.Weights);

            RocPoint[] expected =
            [
                new RocPoint(double.PositiveInfinity, 0, 0),
                .. rows.Thresholds.Select(threshold => new RocPoint(
                    threshold,
                    rows.Count((score, positive) => !positive && score >= threshold) / negatives,
                    rows.Count((score, positive) => positive && score >= threshold) / positives)),
            ];
            Assert.Equal(expected, curve.Points);
            Assert.Equal(positives, curve.PositiveWeight);
            Assert.Equal(negatives, curve.NegativeWeight);
        }
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    [InlineData(0.1)]
    public void The_scale_of_weights_does_not_matter(double scale)
    {
        ScoredRows rows = ScoredRows.Of(3);

        RocCurve curve = RocCurve.Create(rows.Scores, rows.Positive, Array.ConvertAll(rows.Weights, weight => scale * weight));

        Assert.Equal(RocCurve.Create(rows.Scores, rows.Positive, rows.Weights).AreaUnderCurve, curve.AreaUnderCurve, 1e-14);
    }

    [Fact]
    public void A_model_ranks_by_the_probability_of_the_positive_class()
    {
        Sample sample = Sample.Of(Double2x3.Shape, 60);
        Double2x3 model = Double2x3.FromWeights(sample.Weights);
        double[] scores = Probabilities(model, sample.Rows, 1);
        bool[] positive = Array.ConvertAll(sample.Labels, label => label == 1);
        double[] weights = sample.RowWeights();

        RocCurve curve = RocCurve.Create(model, sample.Rows, sample.Labels);

        Assert.Equal(RocCurve.Create(scores, positive).Points, curve.Points);
        Assert.Equal(RocCurve.Create(scores, positive, weights).Points, RocCurve.Create(model, sample.Rows, sample.Labels, null, weights).Points);
        Assert.Equal(curve.AreaUnderCurve, RocCurve.Create(model, sample.Rows, sample.Labels, positiveLabel: 0).AreaUnderCurve, 1e-15);
    }

    [Fact]
    public void Classes_of_a_model_are_named_by_their_labels()
    {
        Sample sample = Sample.Of(Double3x4From1.Shape, 60);
        Double3x4From1 model = Double3x4From1.FromWeights(sample.Weights);
        double[] third = [.. sample.Rows.Chunk(4).Select(row =>
        {
            double[] probabilities = new double[3];
            model.PredictProbabilities(row, probabilities);
            return probabilities[2];
        })];

        RocCurve curve = RocCurve.Create(model, sample.Rows, sample.Labels, positiveLabel: 3);

        Assert.Equal(RocCurve.Create(third, Array.ConvertAll(sample.Labels, label => label == 3)).Points, curve.Points);
        Assert.Throws<ArgumentNullException>("positiveLabel", () => RocCurve.Create(model, sample.Rows, sample.Labels));
        Assert.Throws<ArgumentOutOfRangeException>("positiveLabel", () => RocCurve.Create(model, sample.Rows, sample.Labels, positiveLabel: 0));
    }

    [Fact]
    public void Probabilities_that_round_to_one_are_still_told_apart()
    {
        // Scores of 100 to 103 apart: in single precision, and in double, all probabilities are 1. The class is above 101.5.
        float[] features = [100, 101, 102, 103];
        int[] labels = [0, 0, 1, 1];

        RocCurve single = RocCurve.Create(Single2x1.FromWeights([0, -0.25f, 0, 0.25f]), features, labels);
        RocCurve wide = RocCurve.Create(Double2x1.FromWeights([0, -0.5, 0, 0.5]), Array.ConvertAll(features, x => (double)x), labels);

        Assert.Equal(1, single.AreaUnderCurve);
        Assert.Equal(1, wide.AreaUnderCurve);
        Assert.All(wide.Points.Skip(1), point => Assert.Equal(1, point.Threshold));
    }

    [Fact]
    public void What_makes_no_curve_is_refused()
    {
        Refuse("score of row 1 is NaN", "scores", [1, double.NaN], [true, false], []);
        Refuse("score of row 0 is Infinity", "scores", [double.PositiveInfinity, 1], [true, false], []);
        Refuse("at least one row", "scores", [], [], []);
        Refuse("it must be 2", "isPositive", [1, 2], [true], []);
        Refuse("it must be 2", "rowWeights", [1, 2], [true, false], [1]);
        Refuse("weight of row 1 is -1", "rowWeights", [1, 2], [true, false], [1, -1]);
        Refuse("weight of row 0 is NaN", "rowWeights", [1, 2], [true, false], [double.NaN, 1]);
        Refuse("Every row weighs 0", "rowWeights", [1, 2], [true, false], [0, 0]);
        Refuse("overflows", "rowWeights", [1, 2], [true, false], [double.MaxValue, double.MaxValue]);
        Refuse("No row of positive weight is positive", "isPositive", [1, 2], [false, false], []);
        Refuse("No row of positive weight is positive", "isPositive", [1, 2], [true, false], [0, 1]);
        Refuse("Every row of positive weight is positive", "isPositive", [1, 2], [true, false], [1, 0]);

        static void Refuse(string message, string parameter, double[] scores, bool[] isPositive, double[] weights)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(() => RocCurve.Create(scores, isPositive, weights));
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_that_a_model_cannot_score_are_named()
    {
        Double2x1 model = Double2x1.FromWeights([0, -1e300, 0, 1e300]);

        Refuse("row 1 is NaN", "rows", () => RocCurve.Create(model, [1, double.NaN], [0, 1]));
        Refuse("row 1 overflow", "rows", () => RocCurve.Create(model, [1, 1e300], [0, 1]));
        Refuse("label of row 1 is 2", "labels", () => RocCurve.Create(model, [1, 2.0], [0, 2]));
        Refuse(
            "No row of positive weight is of the class labelled 1, the positive one; a ROC curve needs one.",
            "labels",
            () => RocCurve.Create(model, [1, 2.0], [0, 0]));
        Refuse("weight of row 1 is -1", "rowWeights", () => RocCurve.Create(model, [1, 2.0], [0, 1], null, [1, -1]));

        static void Refuse(string message, string parameter, Action create) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(parameter, create).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        using CultureScope culture = CultureScope.Hostile();

        Assert.Equal(
            "area under the ROC curve 0.7500: 2 positive and 2 negative rows",
            RocCurve.Create([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).ToString());
    }

    private static double[] Probabilities(Double2x3 model, double[] rows, int index) => [.. rows.Chunk(3).Select(row =>
    {
        double[] probabilities = new double[2];
        model.PredictProbabilities(row, probabilities);
        return probabilities[index];
    })];
}
