using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class EvaluationTests
{
    [Fact]
    public void Every_metric_follows_its_formula()
    {
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, 500);

        Evaluation evaluation = Double4x8FromMinus5.FromWeights(sample.Weights).Evaluate(sample.Rows, sample.Labels);

        double[][] scores = [.. Enumerable.Range(0, 500).Select(i => PlainSoftmax.Scores(sample.Weights, sample.Rows.AsSpan(i * 8, 8)))];
        double[][] probabilities = Array.ConvertAll(scores, PlainSoftmax.Probabilities);
        int[] y = sample.ClassIndices;
        Assert.Equal(500, evaluation.RowCount);
        AssertClose.Equal(y.Select((k, i) => PlainSoftmax.Loss(scores[i], k)).Average(), evaluation.LogLoss, 1e-12, "the log loss");
        double brier = y.Select((k, i) => Enumerable.Range(0, 4).Sum(j => Math.Pow(probabilities[i][j] - (j == k ? 1 : 0), 2))).Average();
        AssertClose.Equal(brier, evaluation.Brier, 1e-12, "Brier");
        for (int top = 1; top <= 4; top++)
        {
            double share = y.Select((k, i) => scores[i].OrderDescending().Take(top).Contains(scores[i][k]) ? 1.0 : 0.0).Average();
            AssertClose.Equal(share, evaluation.TopKAccuracy(top), 1e-12, $"the top-{top} accuracy");
        }

        Assert.Equal(evaluation.Accuracy, evaluation.TopKAccuracy(1));
        Assert.Equal(1, evaluation.TopKAccuracy(4));
        Assert.InRange(evaluation.Accuracy, 0.05, 0.95);
    }

    [Fact]
    public void Calibration_is_that_of_fifteen_even_bins_of_the_confidence()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 400);

        Evaluation evaluation = Double3x4.FromWeights(sample.Weights).Evaluate(sample.Rows, sample.Labels);

        double error = 0;
        var decisions = Enumerable.Range(0, 400).Select(i =>
        {
            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, sample.Rows.AsSpan(i * 4, 4)));
            return (Confidence: p.Max(), Right: Array.IndexOf(p, p.Max()) == sample.ClassIndices[i]);
        }).ToList();
        Assert.Equal(15, evaluation.Calibration.Count);
        for (int b = 0; b < 15; b++)
        {
            var inBin = decisions.Where(d => d.Confidence > b / 15.0 && d.Confidence <= (b + 1) / 15.0).ToList();
            CalibrationBin bin = evaluation.Calibration[b];
            Assert.Equal(inBin.Count, bin.RowCount);
            Assert.Equal((b / 15.0, (b + 1) / 15.0), (bin.Lower, bin.Upper));
            if (inBin.Count > 0)
            {
                double accuracy = inBin.Average(d => d.Right ? 1.0 : 0.0);
                double confidence = inBin.Average(d => d.Confidence);
                AssertClose.Equal(accuracy, bin.Accuracy, 1e-12, $"the accuracy of bin {b}");
                AssertClose.Equal(confidence, bin.Confidence, 1e-12, $"the confidence of bin {b}");
                error += inBin.Count / 400.0 * Math.Abs(accuracy - confidence);
            }
            else
            {
                Assert.Equal((0, 0), (bin.Accuracy, bin.Confidence));
            }
        }

        AssertClose.Equal(error, evaluation.CalibrationError, 1e-12, "the calibration error");
        Assert.True(error > 0.01);
    }

    [Fact]
    public void Log_loss_survives_probabilities_that_underflow_or_round_to_one()
    {
        Double2x1 model = Double2x1.FromWeights([0, 1, 0, -1]);

        Assert.Equal(2000, model.Evaluate([1000.0], [1]).LogLoss, 1e-12);
        Assert.Equal(Math.Exp(-30), model.Evaluate([15.0], [0]).LogLoss, 2e-16);
        Assert.Equal(2, model.Evaluate([1000.0], [1]).Brier, 1e-12);
        AssertClose.Equal(2 * Math.Exp(-80), model.Evaluate([20.0], [0]).Brier, 1e-14 * Math.Exp(-80), "Brier near 0");
    }

    [Fact]
    public void Ties_go_to_the_lowest_label_as_in_a_prediction()
    {
        Double3x4 zero = Double3x4.FromWeights(new double[15]);
        double[] row = [1, 2, 3, 4];

        Evaluation evaluation = zero.Evaluate([.. row, .. row, .. row, .. row], [0, 1, 2, 2]);

        Assert.Equal(0, zero.Predict(row));
        Assert.Equal((0.25, 0.5, 1.0), (evaluation.TopKAccuracy(1), evaluation.TopKAccuracy(2), evaluation.TopKAccuracy(3)));
        Assert.Equal(2, evaluation.ConfusionMatrix[2, 0]);
        Assert.Equal(Math.Log(3), evaluation.LogLoss, 1e-15);

        // Confidences of exactly 1/3 lie in the fifth bin, whose upper bound they are.
        Assert.Equal(4, evaluation.Calibration[4].RowCount);
    }

    /// <summary>Scores an ulp or two apart, of which probabilities know nothing: the label and the rank are those of the scores all the same.</summary>
    [Fact]
    public void Nearly_equal_scores_are_told_apart_as_predictions_tell_them_apart()
    {
        var random = new Random(20);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] row = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() - 0.5)];
            double[] weights = [.. Enumerable.Range(0, 36).Select(_ => random.NextDouble() - 0.5)];
            int twin = 1 + random.Next(3);
            weights.AsSpan(0, 9).CopyTo(weights.AsSpan(twin * 9));
            weights[twin * 9] = random.Next(3) switch { 0 => weights[0], 1 => Math.BitIncrement(weights[0]), _ => Math.BitDecrement(weights[0]) };
            Double4x8 model = Double4x8.FromWeights(weights);
            double[] scores = new double[4];
            model.PredictScores(row, scores);
            for (int label = 0; label < 4; label++)
            {
                Evaluation evaluation = model.Evaluate(row, [label]);
                int rank = scores.Where((score, j) => score > scores[label] || (score == scores[label] && j < label)).Count();

                Assert.Equal(1, evaluation.ConfusionMatrix[label, model.Predict(row)]);
                Assert.Equal((0.0, 1.0), (rank == 0 ? 0.0 : evaluation.TopKAccuracy(rank), evaluation.TopKAccuracy(rank + 1)));
            }
        }
    }

    [Fact]
    public void A_model_in_single_precision_is_evaluated_in_double()
    {
        Sample sample = Sample.Of(Single4x8.Shape, 300);
        float[] rows = Array.ConvertAll(sample.Rows, x => (float)x);

        Evaluation evaluation = Single4x8.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w)).Evaluate(rows, sample.Labels);

        double loss = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices).Loss;
        AssertClose.Equal(loss, evaluation.LogLoss, 1e-6, "the log loss");
    }

    [Fact]
    public void Bad_rows_are_refused()
    {
        Double4x8FromMinus5 model = Double4x8FromMinus5.FromWeights(Enumerable.Repeat(2.0, 36).ToArray());
        double[] row = new double[8];

        Refuse("rows", "multiple of the 8", () => model.Evaluate(row.AsSpan(1), [-5]));
        Refuse("rows", "at least one row", () => model.Evaluate([], []));
        Refuse("labels", "must be 1", () => model.Evaluate(row, [-5, -5]));
        Refuse("labels", "row 1 is -1", () => model.Evaluate([.. row, .. row], [-5, -1]));
        Refuse("rows", "Feature 3 of row 1 is Infinity", () => model.Evaluate([.. row, 0, 0, 0, double.PositiveInfinity, 0, 0, 0, 0], [-5, -5]));
        Refuse("rows", "scores of row 1 overflow", () => model.Evaluate([.. row, 1e308, 1e308, 0, 0, 0, 0, 0, 0], [-5, -5]));
        Refuse("rows", "scores of row 0 overflow", () => Double2x1.FromWeights([0, 1, 0, -1]).Evaluate([1.5e308], [1]));
        Assert.Throws<ArgumentNullException>(() => ((Double3x4)null!).Evaluate([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(row, [-5]).TopKAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(row, [-5]).TopKAccuracy(5));

        static void Refuse(string parameter, string message, Action action)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(action);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_report_is_the_same_in_every_culture()
    {
        Double3x4From1 model = Double3x4From1.FromWeights([0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
        double[] rows = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0];
        using CultureScope culture = CultureScope.Hostile();

        string report = model.Evaluate(rows, [1, 2, 3, 3]).ToString();

        const string Expected = """
            4 rows: log loss 0.73954, accuracy 0.7500, Brier 0.4083, calibration error 0.0370

                           precision   recall       F1   support
            1                 1.0000   1.0000   1.0000         1
            2                 0.5000   1.0000   0.6667         1
            3                 1.0000   0.5000   0.6667         2
            macro mean        0.8333   0.8333   0.7778         4
            weighted mean     0.8750   0.7500   0.7500         4

            actual \ predicted  1  2  3
            1                   1  0  0
            2                   0  1  0
            3                   0  1  1

            """;
        Assert.Equal(Expected, report);
    }

    [Fact]
    public void A_wide_confusion_matrix_is_left_out_of_the_report()
    {
        Sample sample = Sample.Of(Double26x4.Shape, 100);

        string report = Double26x4.FromWeights(sample.Weights).Evaluate(sample.Rows, sample.Labels).ToString();

        Assert.Contains("weighted mean", report, StringComparison.Ordinal);
        Assert.DoesNotContain("predicted", report, StringComparison.Ordinal);
    }
}
