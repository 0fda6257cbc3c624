using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>What a model says beyond a label: how probable, by how much, what else, and why.</summary>
public class DecisionTests
{
    private const int RowCount = 25;

    [Fact]
    public void The_probability_of_the_label_is_that_of_all_probabilities()
    {
        AssertProbability(Double2x1.Shape, weights => Double2x1.FromWeights(weights).Predict);
        AssertProbability(Double2x30.Shape, weights => Double2x30.FromWeights(weights).Predict);
        AssertProbability(Double3x4From1.Shape, weights => Double3x4From1.FromWeights(weights).Predict);
        AssertProbability(Double4x8FromMinus5.Shape, weights => Double4x8FromMinus5.FromWeights(weights).Predict);
        AssertProbability(Double10x64.Shape, weights => Double10x64.FromWeights(weights).Predict);
        AssertProbability(Double26x16.Shape, weights => Double26x16.FromWeights(weights).Predict);
        AssertProbability(Double70x16.Shape, weights => Double70x16.FromWeights(weights).Predict);
    }

    [Fact]
    public void In_single_precision_too()
    {
        float[] probabilities = new float[10];
        var sample = Sample.Of(Single10x16.Shape, RowCount);
        var model = Single10x16.FromWeights(Array.ConvertAll(sample.Weights, static weight => (float)weight));
        foreach (double[] row in sample.Rows.Chunk(16))
        {
            float[] x = Array.ConvertAll(row, static value => (float)value);

            int label = model.Predict(x, out float probability);

            model.PredictProbabilities(x, probabilities);
            Assert.Equal(model.Predict(x), label);
            Assert.Equal(probabilities[label], probability, 1e-6f);
        }
    }

    [Fact]
    public void The_top_classes_come_in_order_with_their_probabilities()
    {
        AssertTop(Double2x30.Shape, weights => Double2x30.FromWeights(weights).PredictTop);
        AssertTop(Double4x8FromMinus5.Shape, weights => Double4x8FromMinus5.FromWeights(weights).PredictTop);
        AssertTop(Double26x16.Shape, weights => Double26x16.FromWeights(weights).PredictTop);
        AssertTop(Double70x16.Shape, weights => Double70x16.FromWeights(weights).PredictTop);
    }

    [Fact]
    public void Ties_at_the_top_go_to_the_lowest_labels()
    {
        double[] weights = new double[36];
        weights[2 * 9] = 1;
        var top = new (int Label, double Probability)[4];

        Double4x8FromMinus5.FromWeights(weights).PredictTop(new double[8], top);

        Assert.Equal([-3, -5, -4, -2], top.Select(static entry => entry.Label));
        Assert.Equal(1, top.Sum(static entry => entry.Probability), 1e-15);
    }

    [Fact]
    public void The_top_has_room_for_no_more_than_all_classes()
    {
        var model = Double3x4.FromWeights(new double[15]);

        Assert.Throws<ArgumentException>("top", () => model.PredictTop(new double[4], new (int, double)[4]));
        Assert.Throws<ArgumentException>("features", () => model.PredictTop(new double[5], new (int, double)[3]));
        model.PredictTop(new double[4], []);
    }

    [Fact]
    public void A_class_that_is_not_probable_enough_is_declined()
    {
        var sample = Sample.Of(Double10x16.Shape, RowCount);
        var model = Double10x16.FromWeights(sample.Weights);
        foreach (double[] row in sample.Rows.Chunk(16))
        {
            int expected = model.Predict(row, out double probability);

            Assert.True(model.TryPredict(row, probability, out int label));
            Assert.Equal(expected, label);
            Assert.False(model.TryPredict(row, Math.BitIncrement(probability), out label));
            Assert.Equal(expected, label);
            Assert.True(model.TryPredict(row, 0, out _));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1e-9)]
    [InlineData(1.0000001)]
    public void What_is_no_probability_is_refused(double minProbability) => Assert.Throws<ArgumentOutOfRangeException>(
        nameof(minProbability), () => Double3x4.FromWeights(new double[15]).TryPredict(new double[4], minProbability, out _));

    [Fact]
    public void The_margin_is_the_lead_of_the_best_score()
    {
        AssertMargin(Double2x30.Shape, weights => Double2x30.FromWeights(weights).PredictWithMargin);
        AssertMargin(Double3x4From1.Shape, weights => Double3x4From1.FromWeights(weights).PredictWithMargin);
        AssertMargin(Double26x16.Shape, weights => Double26x16.FromWeights(weights).PredictWithMargin);
    }

    [Fact]
    public void Every_decision_breaks_a_tie_alike()
    {
        var model = Double3x4.FromWeights(new double[15]);
        double[] contributions = new double[4];

        Assert.Equal(0, model.PredictWithMargin(new double[4], out double margin));
        Assert.Equal(0, margin);
        Assert.Equal(new Explanation<int, double>(0, 1, 0, 0), model.Explain(new double[4], contributions));
        Assert.Equal(0, model.Predict(new double[4], out double probability));
        Assert.Equal(1.0 / 3, probability, 1e-16);
    }

    [Fact]
    public void An_explanation_adds_up_to_the_margin()
    {
        AssertExplanation(Double2x30.Shape, weights => Double2x30.FromWeights(weights).Explain, weights => Double2x30.FromWeights(weights).PredictWithMargin);
        AssertExplanation(
            Double3x4From1.Shape, weights => Double3x4From1.FromWeights(weights).Explain, weights => Double3x4From1.FromWeights(weights).PredictWithMargin);
        AssertExplanation(
            Double10x64.Shape, weights => Double10x64.FromWeights(weights).Explain, weights => Double10x64.FromWeights(weights).PredictWithMargin);
    }

    [Fact]
    public void An_explanation_needs_room_for_all_features() => Assert.Throws<ArgumentException>(
        "contributions", () => Double3x4.FromWeights(new double[15]).Explain(new double[4], new double[3]));

    [Fact]
    public void Features_that_are_not_finite_are_refused_by_every_decision()
    {
        foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            double[] row = [0, value];
            double[] weights = Sample.Of(Double3x2.Shape, 1).Weights;
            var three = Double3x2.FromWeights(weights);
            var two = Double2x2.FromWeights(weights.AsSpan(0, 6));
            Action[] decisions =
            [
                () => three.Predict(row, out _), () => three.TryPredict(row, 0.5, out _), () => three.PredictTop(row, new (int, double)[1]),
                () => three.PredictWithMargin(row, out _), () => three.Explain(row, new double[2]),
                () => two.Predict(row, out _), () => two.TryPredict(row, 0.5, out _), () => two.PredictTop(row, new (int, double)[1]),
                () => two.PredictWithMargin(row, out _), () => two.Explain(row, new double[2]),
            ];

            Assert.All(
                decisions, decision => Assert.Contains("Feature 1", Assert.Throws<ArgumentException>("features", decision).Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_decision_allocates()
    {
        var model = Double10x16.FromWeights(Sample.Of(Double10x16.Shape, 1).Weights);
        double[] row = new double[16];
        double[] contributions = new double[16];
        var top = new (int Label, double Probability)[3];

        AssertAllocation.None(() => model.Predict(row, out _));
        AssertAllocation.None(() => model.TryPredict(row, 0.5, out _));
        AssertAllocation.None(() => model.PredictTop(row, top));
        AssertAllocation.None(() => model.PredictWithMargin(row, out _));
        AssertAllocation.None(() => model.Explain(row, contributions));
    }

    private static void AssertProbability(ModelShape shape, Func<double[], Probable> fromWeights)
    {
        var sample = Sample.Of(shape, RowCount);
        Probable predict = fromWeights(sample.Weights);
        foreach ((double[] row, double[] probabilities) in Rows(sample))
        {
            int label = predict(row, out double probability);

            Assert.Equal(Array.IndexOf(probabilities, probabilities.Max()) + shape.FirstLabel, label);
            Assert.Equal(probabilities.Max(), probability, 1e-13);
        }
    }

    private static void AssertTop(ModelShape shape, Func<double[], Top> fromWeights)
    {
        var sample = Sample.Of(shape, RowCount);
        Top predict = fromWeights(sample.Weights);
        foreach ((double[] row, double[] probabilities) in Rows(sample))
        {
            int[] order = [.. Enumerable.Range(0, shape.Classes).OrderByDescending(j => probabilities[j])];
            for (int room = 1; room <= shape.Classes; room += 1 + (shape.Classes / 8))
            {
                var top = new (int Label, double Probability)[room];

                predict(row, top);

                Assert.Equal(order.Take(room).Select(j => j + shape.FirstLabel), top.Select(static entry => entry.Label));
                AssertClose.Vector([.. order.Take(room).Select(j => probabilities[j])], [.. top.Select(static entry => entry.Probability)], 1e-13, "Top");
            }
        }
    }

    private static void AssertMargin(ModelShape shape, Func<double[], Probable> fromWeights)
    {
        var sample = Sample.Of(shape, RowCount);
        Probable predict = fromWeights(sample.Weights);
        foreach (double[] row in sample.Rows.Chunk(shape.Features))
        {
            double[] scores = PlainSoftmax.Scores(sample.Weights, row);
            double[] descending = [.. scores.OrderDescending()];

            int label = predict(row, out double margin);

            Assert.Equal(Array.IndexOf(scores, descending[0]) + shape.FirstLabel, label);
            Assert.Equal(descending[0] - descending[1], margin, 1e-13);
        }
    }

    private static void AssertExplanation(ModelShape shape, Func<double[], Explain> explainer, Func<double[], Probable> predictor)
    {
        var sample = Sample.Of(shape, RowCount);
        double[] contributions = new double[shape.Features];
        int columns = shape.Features + 1;
        foreach (double[] row in sample.Rows.Chunk(shape.Features))
        {
            double[] scores = PlainSoftmax.Scores(sample.Weights, row);
            int[] order = [.. Enumerable.Range(0, shape.Classes).OrderByDescending(j => scores[j])];
            int label = predictor(sample.Weights)(row, out double margin);

            Explanation<int, double> explanation = explainer(sample.Weights)(row, contributions);

            Assert.Equal((label, order[1] + shape.FirstLabel), (explanation.Label, explanation.RunnerUp));
            Assert.Equal(margin, explanation.Margin, 1e-13);
            Assert.Equal(explanation.Margin, explanation.Bias + contributions.Sum(), 1e-14);
            for (int k = 0; k < shape.Features; k++)
            {
                double expected = (sample.Weights[(order[0] * columns) + 1 + k] - sample.Weights[(order[1] * columns) + 1 + k]) * row[k];
                Assert.Equal(expected, contributions[k], 1e-15);
            }
        }
    }

    private static IEnumerable<(double[] Row, double[] Probabilities)> Rows(Sample sample) =>
        sample.Rows.Chunk(sample.Shape.Features).Select(row => (row, PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, row))));

    private delegate int Probable(ReadOnlySpan<double> features, out double number);

    private delegate void Top(ReadOnlySpan<double> features, Span<(int Label, double Probability)> top);

    private delegate Explanation<int, double> Explain(ReadOnlySpan<double> features, Span<double> contributions);
}
