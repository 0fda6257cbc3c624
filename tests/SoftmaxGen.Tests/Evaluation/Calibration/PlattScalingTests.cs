using SoftmaxGen.Tests.Evaluations.Curves;
using SoftmaxGen.Tests.Evaluations.Sklearn;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

public sealed class PlattScalingTests
{
    // The difference of the scores is the feature itself, without rounding.
    private static readonly Double2x1 _identity = Double2x1.FromWeights([0, -0.5, 0, 0.5]);

    [Fact]
    public void Slope_and_intercept_are_those_of_scikit_learn()
    {
        foreach (SklearnCurves.Case expected in SklearnCurves.Cases.Where(one => one.Platt is not null))
        {
            PlattScalingResult<Double2x1> scaled = PlattScaling.Fit(_identity, expected.Scores, Labels(expected.Positive), expected.Weights);

            AssertClose.Equal(expected.Platt!.Slope, scaled.Slope, 1e-9, expected.Name);
            AssertClose.Equal(expected.Platt.Intercept, scaled.Intercept, 1e-9, expected.Name);

            // scikit-learn stops at a gradient of 1e-5, and has the opposite signs.
            AssertClose.Equal(-expected.Platt.Raw[0], scaled.Slope, 1e-4, expected.Name);
            AssertClose.Equal(-expected.Platt.Raw[1], scaled.Intercept, 1e-4, expected.Name);
        }
    }

    [Fact]
    public void The_gradient_vanishes_at_the_optimum()
    {
        int fits = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            ScoredRows rows = ScoredRows.Of(seed);
            if (rows.Thresholds.Length == 1)
            {
                continue;
            }

            PlattScalingResult<Double2x1> scaled = PlattScaling.Fit(_identity, rows.Scores, Labels(rows.Positive), rows.Weights);

            (double bySlope, double byIntercept) = Gradient(rows, scaled.Slope, scaled.Intercept);
            AssertClose.Equal(0, bySlope, 1e-10 * rows.Counts.Sum(), "the gradient");
            AssertClose.Equal(0, byIntercept, 1e-10 * rows.Counts.Sum(), "the gradient");
            fits++;
        }

        Assert.InRange(fits, 200, 300);
    }

    [Fact]
    public void The_model_has_the_scaled_odds()
    {
        Sample sample = Sample.Of(Double2x3.Shape, 100);
        Double2x3 model = Double2x3.FromWeights(sample.Weights);

        PlattScalingResult<Double2x3> scaled = PlattScaling.Fit(model, sample.Rows, sample.Labels);

        double[] scores = new double[2];
        foreach (double[] row in sample.Rows.Chunk(3))
        {
            model.PredictScores(row, scores);
            double expected = (scaled.Slope * (scores[1] - scores[0])) + scaled.Intercept;
            scaled.Model.PredictScores(row, scores);
            Assert.Equal(expected, scores[1] - scores[0], 1e-13);
        }

        Assert.Equal(scaled.LogLoss, scaled.Model.Evaluate(sample.Rows, sample.Labels).LogLoss, 1e-13);
        Assert.Equal(scaled.LogLossBefore, model.Evaluate(sample.Rows, sample.Labels).LogLoss, 1e-13);
        Assert.Equal(0, scaled.Model.Weights[0] + scaled.Model.Weights[4], 1e-15);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e-3)]
    [InlineData(1e6)]
    [InlineData(1e150)]
    public void The_scale_of_the_scores_does_not_matter(double scale)
    {
        ScoredRows rows = ScoredRows.Of(7);
        PlattScalingResult<Double2x1> expected = PlattScaling.Fit(_identity, rows.Scores, Labels(rows.Positive), rows.Weights);

        PlattScalingResult<Double2x1> scaled =
            PlattScaling.Fit(Double2x1.FromWeights([0, -0.5 * scale, 0, 0.5 * scale]), rows.Scores, Labels(rows.Positive), rows.Weights);

        AssertClose.Equal(expected.Slope, scaled.Slope * scale, 1e-12, "the slope");
        AssertClose.Equal(expected.Intercept, scaled.Intercept, 1e-12, "the intercept");
    }

    [Fact]
    public void Single_precision_is_scaled_too()
    {
        SklearnCurves.Case expected = SklearnCurves.Cases[0];
        float[] scores = Array.ConvertAll(expected.Scores, x => (float)x);

        PlattScalingResult<Single2x1> scaled = PlattScaling.Fit(Single2x1.FromWeights([0, -0.5f, 0, 0.5f]), scores, Labels(expected.Positive));

        AssertClose.Equal(expected.Platt!.Slope, scaled.Slope, 1e-6, "the slope");
        AssertClose.Equal(scaled.Slope, 2 * scaled.Model.Weights[3], 1e-6, "the weight");
    }

    [Fact]
    public void What_cannot_be_scaled_is_refused()
    {
        Double3x4 three = Double3x4.FromWeights(new double[15]);

        Refuse("3 classes", "model", () => PlattScaling.Fit(three, new double[4], [0]));
        Refuse("The class labelled 1 has no row", "labels", () => PlattScaling.Fit(_identity, [1, 2.0], [0, 0]));
        Refuse("The class labelled 0 has no row", "labels", () => PlattScaling.Fit(_identity, [1, 2.0], [0, 1], [0, 1]));
        Refuse("nothing to scale", "rows", () => PlattScaling.Fit(_identity, [2, 2.0], [0, 1]));
        Refuse("row 1 is NaN", "rows", () => PlattScaling.Fit(_identity, [2, double.NaN], [0, 1]));
        Refuse("Every row weighs 0", "rowWeights", () => PlattScaling.Fit(_identity, [2, 1.0], [0, 1], [0, 0]));

        static void Refuse(string message, string parameter, Action fit) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(parameter, fit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        using CultureScope culture = CultureScope.Hostile();

        // The targets are 1/3 and 3/4, with odds of 1/2 and 3, for scores of -1 and 1.
        Assert.Equal(
            "slope 0.89588, intercept 0.20273: log loss 0.32694, before 0.31326", PlattScaling.Fit(_identity, [-1, 1.0, 1], [0, 1, 1]).ToString());
    }

    private static int[] Labels(bool[] positive) => Array.ConvertAll(positive, one => one ? 1 : 0);

    private static (double BySlope, double ByIntercept) Gradient(ScoredRows rows, double slope, double intercept)
    {
        double positives = rows.Count((_, positive) => positive);
        double negatives = rows.Count((_, positive) => !positive);
        double bySlope = 0;
        double byIntercept = 0;
        for (int i = 0; i < rows.Scores.Length; i++)
        {
            double target = rows.Positive[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
            double residual = rows.Counts[i] * ((1 / (1 + Math.Exp(-(slope * rows.Scores[i]) - intercept))) - target);
            bySlope += residual * rows.Scores[i];
            byIntercept += residual;
        }

        return (bySlope, byIntercept);
    }
}
