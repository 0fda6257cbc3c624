using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations.Decisions;

public sealed class DecisionExtensionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(double.PositiveInfinity)]
    public void A_row_is_positive_from_the_threshold_on(double threshold)
    {
        Sample sample = Sample.Of(Double2x11From1.Shape, 100);
        Double2x11From1 model = Double2x11From1.FromWeights(sample.Weights);
        int[] batch = new int[100];
        int[] batchOfFirst = new int[100];
        double[] probabilities = new double[2];

        model.PredictBatchWith(sample.Rows, threshold, batch);
        model.PredictBatchWith(sample.Rows, threshold, batchOfFirst, positiveLabel: 1);

        for (int i = 0; i < 100; i++)
        {
            double[] row = sample.Rows[(i * 11)..((i + 1) * 11)];
            model.PredictProbabilities(row, probabilities);
            Assert.Equal(probabilities[1] >= threshold ? 2 : 1, model.PredictWith(row, threshold));
            Assert.Equal(probabilities[0] >= threshold ? 1 : 2, model.PredictWith(row, threshold, positiveLabel: 1));
            Assert.Equal(model.PredictWith(row, threshold), batch[i]);
            Assert.Equal(model.PredictWith(row, threshold, positiveLabel: 1), batchOfFirst[i]);
        }
    }

    [Fact]
    public void A_probability_that_is_the_threshold_is_positive()
    {
        Double2x1 model = Double2x1.FromWeights([0, -1, 0, 1]);

        // An exact tie: Predict gives it to the lowest label.
        Assert.Equal(1, model.PredictWith([0], 0.5));
        Assert.Equal(0, model.PredictWith([0], Math.BitIncrement(0.5)));
        Assert.Equal(0, model.Predict([0]));

        double[] probabilities = new double[2];
        foreach (double x in Enumerable.Range(-40, 81).Select(i => i / 3.0))
        {
            model.PredictProbabilities([x], probabilities);
            Assert.Equal(1, model.PredictWith([x], probabilities[1]));
            Assert.Equal(probabilities[1] < 1 ? 0 : 1, model.PredictWith([x], Math.Min(1, Math.BitIncrement(probabilities[1]))));
        }
    }

    [Fact]
    public void Decisions_have_the_least_expected_cost()
    {
        var random = new Random(4);
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, 100);
        Double4x8FromMinus5 model = Double4x8FromMinus5.FromWeights(sample.Weights);
        var costs = new CostMatrix(4, [.. Enumerable.Range(0, 16).Select(_ => (random.NextDouble() * 10) - 1)]);
        int[] batch = new int[100];
        double[] probabilities = new double[4];

        model.PredictBatchWith(sample.Rows, costs, batch);

        for (int i = 0; i < 100; i++)
        {
            double[] row = sample.Rows[(i * 8)..((i + 1) * 8)];
            model.PredictProbabilities(row, probabilities);
            double[] expected = [.. Enumerable.Range(0, 4).Select(k => Enumerable.Range(0, 4).Sum(j => probabilities[j] * costs[j, k]))];

            int label = model.PredictWith(row, costs, out double expectedCost);

            Assert.Equal(Array.IndexOf(expected, expected.Min()) - 5, label);
            Assert.Equal(expected.Min(), expectedCost, 1e-14);
            Assert.Equal(label, model.PredictWith(row, costs));
            Assert.Equal(label, batch[i]);
        }
    }

    [Fact]
    public void Where_every_mistake_costs_the_same_the_most_probable_class_is_cheapest()
    {
        Sample sample = Sample.Of(Single3x4.Shape, 200);
        Single3x4 model = Single3x4.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w));
        var costs = new CostMatrix(3, [0, 1, 1, 1, 0, 1, 1, 1, 0]);

        foreach (double[] row in sample.Rows.Chunk(4))
        {
            float[] x = Array.ConvertAll(row, value => (float)value);
            Assert.Equal(model.Predict(x), model.PredictWith(x, costs));
        }
    }

    [Fact]
    public void Ties_of_costs_go_to_the_lowest_label()
    {
        // All scores are 0: the probabilities are the same, and so are the costs but for the first class.
        Double3x4From1 model = Double3x4From1.FromWeights(new double[15]);

        Assert.Equal(1, model.PredictWith(new double[4], new CostMatrix(3, new double[9])));
        Assert.Equal(2, model.PredictWith(new double[4], new CostMatrix(3, [5, 1, 1, 5, 1, 1, 5, 1, 1])));
    }

    [Fact]
    public void Two_classes_have_a_threshold_by_costs()
    {
        // To throw away a good part costs 1, to let a faulty one pass 4: faulty from a fifth on.
        var costs = new CostMatrix(2, [0, 1, 4, 0]);
        Sample sample = Sample.Of(Double2x3.Shape, 300);
        Double2x3 model = Double2x3.FromWeights(sample.Weights);

        Assert.Equal(0.2, costs.Threshold);
        Assert.Equal(0.5, new CostMatrix(2, [-1, double.MaxValue / 2, double.MaxValue / 2, -1]).Threshold);
        Assert.All(sample.Rows.Chunk(3), row => Assert.Equal(model.PredictWith(row, costs.Threshold), model.PredictWith(row, costs)));
        Assert.Throws<InvalidOperationException>(() => new CostMatrix(3, new double[9]).Threshold);
        Assert.Throws<InvalidOperationException>(() => new CostMatrix(2, [0, 1, 0, 1]).Threshold);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Sample two = Sample.Of(Double2x3.Shape, 20);
        Double2x3 twoClasses = Double2x3.FromWeights(two.Weights);
        Sample many = Sample.Of(Double70x16.Shape, 20);
        Double70x16 manyClasses = Double70x16.FromWeights(many.Weights);
        var twoCosts = new CostMatrix(2, [0, 1, 4, 0]);
        var manyCosts = new CostMatrix(70, [.. Enumerable.Range(0, 4900).Select(i => (double)(i % 71))]);
        int[] labels = new int[20];

        AssertAllocation.None(() =>
        {
            _ = twoClasses.PredictWith(two.Rows.AsSpan(0, 3), 0.3);
            twoClasses.PredictBatchWith(two.Rows, 0.3, labels);
            _ = twoClasses.PredictWith(two.Rows.AsSpan(0, 3), twoCosts);
            _ = manyClasses.PredictWith(many.Rows.AsSpan(0, 16), manyCosts, out _);
            manyClasses.PredictBatchWith(many.Rows, manyCosts, labels);
        });
    }

    [Fact]
    public void What_cannot_be_decided_is_refused()
    {
        Double2x1 model = Double2x1.FromWeights([0, -1e300, 0, 1e300]);
        Double3x4 three = Double3x4.FromWeights(new double[15]);
        var costs = new CostMatrix(2, [0, 1, 1, 0]);

        AssertMessage("3 classes", Assert.Throws<ArgumentException>("model", () => three.PredictWith(new double[4], 0.5)));
        AssertMessage("must be of 3", Assert.Throws<ArgumentException>("costs", () => three.PredictWith(new double[4], costs)));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => model.PredictWith([1], -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => model.PredictWith([1], 30));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => model.PredictBatchWith([1], double.NaN, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>("positiveLabel", () => model.PredictWith([1], 0.5, positiveLabel: 2));
        Assert.Throws<ArgumentException>("labels", () => model.PredictBatchWith([1], 0.5, new int[2]));
        Assert.Throws<ArgumentException>("labels", () => model.PredictBatchWith([1], costs, new int[2]));
        Assert.Throws<ArgumentException>("features", () => model.PredictWith([1, 2], 0.5));
        Assert.Throws<ArgumentException>("features", () => model.PredictWith([1, 2], costs));
        Assert.Throws<ArgumentException>("features", () => model.PredictWith([double.NaN], 0.5));
        Refuse("row 2 is NaN", [1, 1, double.NaN]);
        Refuse("row 1 overflow", [1, 1e300, 1]);

        void Refuse(string message, double[] rows)
        {
            int[] labels = new int[3];
            AssertMessage(message, Assert.Throws<ArgumentException>(nameof(rows), () => model.PredictBatchWith(rows, 0.5, labels)));
            AssertMessage(message, Assert.Throws<ArgumentException>(nameof(rows), () => model.PredictBatchWith(rows, costs, labels)));
        }

        static void AssertMessage(string message, ArgumentException exception) => Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => new CostMatrix(1, [0]));
        Assert.Throws<ArgumentException>("costs", () => new CostMatrix(2, [0, 1, 1]));
        var exception = Assert.Throws<ArgumentException>("costs", () => new CostMatrix(2, [0, 1, double.NaN, 0]));
        Assert.Contains("taking class 1 for class 0 (counted from 0) is NaN", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("costs", () => new CostMatrix(2, [0, double.PositiveInfinity, 1, 0]));

        var costs = new CostMatrix(2, [0, 1, 2, 3]);
        Assert.Equal([0, 1, 2, 3], new[] { costs[0, 0], costs[0, 1], costs[1, 0], costs[1, 1] });
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => costs[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => costs[0, -1]);
        Assert.Throws<ArgumentException>("probabilities", () => costs.Decide([1], out _));
    }

    [Fact]
    public void Labels_of_an_enum_are_its_values()
    {
        var model = MoodModel.FromWeights([.. Enumerable.Range(0, MoodModel.ParameterCount).Select(i => Math.Sin(i))]);
        double[] row = [.. Enumerable.Range(0, MoodModel.Features).Select(i => Math.Cos(i))];

        // Whatever it is, to call it good is free.
        Assert.Equal(Mood.Good, model.PredictWith(row, new CostMatrix(3, [1, 1, 0, 1, 1, 0, 1, 1, 0])));
    }
}
