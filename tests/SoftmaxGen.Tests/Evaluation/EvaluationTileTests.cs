using SoftmaxGen.TestModels.Kernels;
using SoftmaxGen.TestModels.Packing;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// Rows are evaluated some at a time by their probabilities, and one by one by their scores where those do not tell: against the textbook, row by row, on rows
/// of every kind side by side: ordinary ones, near and exact ties, probabilities that round to 1 or underflow, and rows of weight 0.
/// </summary>
public sealed class EvaluationTileTests
{
    public static TheoryData<int> RowCounts => [1, 3, 4, 8, 9, 255, 256, 257, 600, 1500];

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void Rows_of_every_kind_are_evaluated_as_the_textbook_does(int rows)
    {
        Check<Double2x7>(rows);
        Check<Double3x4>(rows);
        Check<Double10x7>(rows);
        Check<Double26x4>(rows);
        Check<Double70x16>(rows);
        Check<Double4x8FromMinus5>(rows);
        Check<Double9x7From3>(rows);
    }

    /// <summary>A good model predicts nearly every row rightly, with nearly the same confidence: all count in the same place.</summary>
    [Fact]
    public void Rows_that_all_count_in_one_place_are_all_counted()
    {
        var model = Double3x4.FromWeights([0, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 9, 0]);
        double[] rows = [.. Enumerable.Repeat<double[]>([2, 0, 0, 0], 1003).SelectMany(row => row)];

        Evaluation evaluation = model.Evaluate(rows, new int[1003]);

        Assert.Equal((1003, 1003, 1.0), (evaluation.ConfusionMatrix[0, 0], evaluation.Calibration[14].RowCount, evaluation.TopKAccuracy(1)));
        double others = 2 * Math.Exp(-18);
        AssertClose.Equal(others - (others * others / 2), evaluation.LogLoss, 2e-16, "the log loss");
    }

    /// <summary>Scores that differ in their last bit have probabilities that do not: the larger score is the predicted class, whichever class it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_is_first_where_probabilities_are_equal_is_told_by_the_scores(int toTheNext)
    {
        for (int first = 0; first < 3; first++)
        {
            double[] weights = new double[15];
            weights[5 * ((first + toTheNext) % 3)] = 1e-3;
            weights[5 * ((first + (2 * toTheNext)) % 3)] = -1;
            weights[5 * first] = double.BitIncrement(1e-3);
            double[] rows = new double[4 * 9];
            int[] labels = [.. Enumerable.Range(0, 9).Select(i => i % 3)];

            Evaluation evaluation = Double3x4.FromWeights(weights).Evaluate(rows, labels);

            Assert.All([0, 1, 2], label => Assert.Equal(3, evaluation.ConfusionMatrix[label, first]));
        }
    }

    private static void Check<TModel>(int rowCount)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        var random = new Random(rowCount);
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => (random.NextDouble() * 2) - 1)];

        // Of three classes or more the last is the first once more, and without biases a row of zeros ties them all.
        if (shape.Classes > 2)
        {
            weights.AsSpan(0, shape.Features + 1).CopyTo(weights.AsSpan((shape.Classes - 1) * (shape.Features + 1)));
        }

        for (int j = 0; j < shape.Classes; j++)
        {
            weights[j * (shape.Features + 1)] = 0;
        }

        TModel model = TModel.FromWeights(weights);
        double[] reaches = [0, 1, 1, 1, 30, 700, 1e5];
        double[] rows = [.. Enumerable.Range(0, rowCount).SelectMany(i => Row(reaches[i % reaches.Length]))];
        int[] labels = [.. Enumerable.Range(0, rowCount).Select(_ => shape.Label(random.Next(shape.Classes)))];
        double[] rowWeights = [.. Enumerable.Range(0, rowCount).Select(i => i % 5 == 1 ? 0 : 0.5 * (1 + random.Next(4)))];

        AssertTextbook(model, rows, labels, [.. labels.Select(_ => 1.0)], model.Evaluate(rows, labels));
        Evaluation weighted = model.Evaluate(rows, labels, rowWeights);
        AssertTextbook(model, rows, labels, rowWeights, weighted);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels, rowWeights);
        Evaluation packed = model.Evaluate(set);
        AssertTextbook(model, rows, labels, rowWeights, packed);
        Assert.Equal((weighted.LogLoss, weighted.Brier, weighted.CalibrationError), (packed.LogLoss, packed.Brier, packed.CalibrationError));

        double[] Row(double reach) => [.. Enumerable.Range(0, shape.Features).Select(_ => reach * ((random.NextDouble() * 2) - 1))];
    }

    private static void AssertTextbook<TModel>(TModel model, double[] rows, int[] labels, double[] weights, Evaluation actual)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        int[] counts = new int[shape.Classes * shape.Classes];
        double[] ranks = new double[shape.Classes];
        int[] bins = new int[15];
        double[] confidences = new double[15];
        double[] scores = new double[shape.Classes];
        double loss = 0;
        double brier = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (weights[row] == 0)
            {
                continue;
            }

            model.PredictScores(rows.AsSpan(row * shape.Features, shape.Features), scores);
            int y = shape.IndexOf(labels[row]);
            int best = Array.IndexOf(scores, scores.Max());
            double[] powers = [.. scores.Select(score => Math.Exp(score - scores[best]))];
            double sum = powers.Sum();
            double others = powers.Where((_, j) => j != y).Sum() / sum;
            loss += weights[row] * (Math.Log(sum) + (scores[best] - scores[y]));
            brier += weights[row] * ((others * others) + powers.Where((_, j) => j != y).Sum(power => power / sum * power / sum));
            counts[(y * shape.Classes) + best]++;
            ranks[scores.Where((score, j) => score > scores[y] || (score == scores[y] && j < y)).Count()] += weights[row];
            int bin = Math.Clamp((int)Math.Ceiling(15 / sum) - 1, 0, 14);
            bins[bin]++;
            confidences[bin] += weights[row] / sum;
        }

        double total = weights.Sum();
        Assert.Equal(weights.Count(weight => weight > 0), actual.RowCount);
        AssertClose.Equal(total, actual.TotalWeight, 1e-13 * total, "the weight");
        AssertClose.Equal(loss / total, actual.LogLoss, 1e-13 * loss / total, "the log loss");
        AssertClose.Equal(brier / total, actual.Brier, 1e-13 * (1 + (brier / total)), "Brier");
        for (int j = 0; j < shape.Classes; j++)
        {
            AssertClose.Equal(ranks.Take(j + 1).Sum() / total, actual.TopKAccuracy(j + 1), 1e-13, $"the top-{j + 1} accuracy");
            for (int k = 0; k < shape.Classes; k++)
            {
                Assert.Equal(counts[(j * shape.Classes) + k], actual.ConfusionMatrix[shape.Label(j), shape.Label(k)]);
            }
        }

        for (int b = 0; b < 15; b++)
        {
            Assert.Equal(bins[b], actual.Calibration[b].RowCount);
            AssertClose.Equal(confidences[b], actual.Calibration[b].Confidence * actual.Calibration[b].Weight, 1e-12 * total, $"the confidence of bin {b}");
        }
    }
}
