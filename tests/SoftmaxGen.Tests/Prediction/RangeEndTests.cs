using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// Two classes whose weights are near both ends of the range: the scores are in range, and their difference, or that of the weights, need not be. The oracle
/// computes with weights that are 2^-100 times as large, which changes no digit.
/// </summary>
public class RangeEndTests
{
    private const int RowCount = 77;

    [Fact]
    public void The_label_is_that_of_the_larger_score_in_double()
    {
        Check<Double2x1, double>(double.MaxValue);
        Check<Double2x4, double>(double.MaxValue);
        Check<Double2x9Propagating, double>(double.MaxValue);
        Check<Double2x30, double>(double.MaxValue);
    }

    [Fact]
    public void The_label_is_that_of_the_larger_score_in_single()
    {
        Check<Single2x1, float>(float.MaxValue);
        Check<Single2x3, float>(float.MaxValue);
        Check<Single2x11, float>(float.MaxValue);
        Check<Single2x37, float>(float.MaxValue);
    }

    [Fact]
    public void A_difference_of_scores_beyond_the_range_is_certainty()
    {
        double[] weights = new double[10];
        (weights[1], weights[6]) = (-1e308, 1.5e308);
        var model = Double2x4.FromWeights(weights);
        double[] probabilities = new double[2];

        Assert.Equal(1, model.Predict([1, 0, 0, 0], out double probability));
        Assert.Equal(1, probability);
        Assert.Equal(1, model.PredictWithMargin([1, 0, 0, 0], out double margin));
        Assert.Equal(double.MaxValue, margin);
        model.PredictProbabilities([-1, 0, 0, 0], probabilities);
        Assert.Equal([1, 0], probabilities);
    }

    [Fact]
    public void A_score_beyond_the_range_is_refused_beside_such_weights()
    {
        double[] weights = new double[10];
        (weights[1], weights[6]) = (-1e308, 1.5e308);
        var model = Double2x4.FromWeights(weights);

        Assert.Throws<ArgumentException>("features", () => model.Predict([2, 0, 0, 0]));
        Assert.Throws<ArgumentException>("features", () => model.PredictScores([2, 0, 0, 0], new double[2]));
        ArgumentException batch = Assert.Throws<ArgumentException>("rows", () => model.PredictBatch([.. new double[36], 2, 0, 0, 0], new int[10]));
        Assert.Contains("row 9 ", batch.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nan_that_is_let_pass_stays_one_in_its_row()
    {
        var model = Double2x9Propagating.FromWeights(new double[20]);
        double[] rows = new double[RowCount * 9];
        double[] probabilities = new double[RowCount * 2];
        (rows[(5 * 9) + 3], rows[(76 * 9) + 8]) = (double.NaN, double.NaN);

        model.PredictProbabilitiesBatch(rows, probabilities);

        Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal(row is 5 or 76 ? double.NaN : 0.5, probabilities[2 * row]));
        Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal(row is 5 or 76 ? double.NaN : 0.5, probabilities[(2 * row) + 1]));
        Assert.Equal(0, model.Predict(rows.AsSpan(5 * 9, 9), out double probability));
        Assert.Equal(double.NaN, probability);
    }

    [Fact]
    public void An_explanation_needs_no_difference_of_weights()
    {
        double[] weights = new double[10];
        (weights[1], weights[2]) = (-1e308, -1e308);
        (weights[6], weights[7]) = (1.5e308, 1.5e308);
        double[] contributions = new double[4];

        Explanation<int, double> explanation = Double2x4.FromWeights(weights).Explain([0.5, 0, 0, 0], contributions);

        double lead = (1.5e308 * 0.5) - (-1e308 * 0.5);
        Assert.Equal([lead, 0, 0, 0], contributions);
        Assert.Equal(lead, explanation.Margin);
    }

    private static void Check<TModel, T>(double largest)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = TModel.Shape.Features;
        var random = new Random(features);
        T scale = T.CreateChecked(Math.ScaleB(1, -100));
        T[] scaled = new T[2];
        T[] scores = new T[2];
        T[] probabilities = new T[RowCount * 2];
        int[] labels = new int[RowCount];
        for (int trial = 0; trial < 20; trial++)
        {
            // No partial sum is beyond the range; one trial in two has weights at its very ends.
            T[] weights = [.. Enumerable.Range(0, 2 * (features + 1)).Select(_ => T.CreateChecked(
                (trial % 2 == 0 ? random.Next(2) == 0 ? -1 : 1 : (2 * random.NextDouble()) - 1) * largest))];
            T[] rows = [.. Enumerable.Range(0, RowCount * features).Select(_ => T.CreateChecked(((2 * random.NextDouble()) - 1) / (2 * features)))];
            weights[0] /= T.CreateChecked(4);
            weights[features + 1] /= T.CreateChecked(4);
            TModel model = TModel.FromWeights(weights);

            model.PredictBatch(rows, labels);
            model.PredictProbabilitiesBatch(rows, probabilities);

            Assert.Equal(RowCount, ((ISoftmaxModel<TModel, T>)model).Evaluate<TModel, T>(rows, labels).ConfusionMatrix.Correct);
            for (int row = 0; row < RowCount; row++)
            {
                T[] x = rows[(row * features)..((row + 1) * features)];
                PlainScores.Compute<T>([.. weights.Select(weight => weight * scale)], x, scaled);
                int expected = scaled[1] > scaled[0] ? 1 : 0;
                model.PredictScores(x, scores);

                Assert.Equal(expected, scores[1] > scores[0] ? 1 : 0);
                Assert.Equal(expected, model.Predict(x));
                Assert.Equal(expected, labels[row]);
                T likelier = T.CreateChecked(scaled[1] == scaled[0] ? 0.5 : 1);
                Assert.Equal(expected == 0 ? [likelier, T.One - likelier] : [T.One - likelier, likelier], probabilities[(2 * row)..((2 * row) + 2)]);
                model.PredictProbabilities(x, scaled);
                Assert.Equal(probabilities[(2 * row)..((2 * row) + 2)], scaled);
            }
        }
    }
}
