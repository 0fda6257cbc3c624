using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Online;

public sealed class OnlineLearnerTests
{
    public static TheoryData<OnlineMethod, double, double, long?> Settings => new()
    {
        { OnlineMethod.Sgd, 0, 0, null },
        { OnlineMethod.Sgd, 0.01, 0.02, null },
        { OnlineMethod.Sgd, 0, 0.1, 0 },
        { OnlineMethod.AdaGrad, 0, 0, null },
        { OnlineMethod.AdaGrad, 0.05, 0.03, 17 },
        { OnlineMethod.AdaGrad, 0, 0, 1000 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Updates_are_the_steps_of_the_formulas(OnlineMethod method, double decay, double l2, long? averageAfter)
    {
        var options = new OnlineOptions { Method = method, LearningRate = 0.2, Decay = decay, L2 = l2, AverageAfter = averageAfter };
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, 200);
        var learner = new OnlineLearner<Double4x8FromMinus5, double>(Double4x8FromMinus5.FromWeights(sample.Weights), options);
        var plain = new PlainOnlineLearner(sample.Weights, 8, options);

        for (int i = 0; i < 200; i++)
        {
            double[] row = sample.Rows[(i * 8)..((i + 1) * 8)];
            double loss = learner.Update(row, sample.Labels[i]);
            AssertClose.Equal(plain.Step(row, [sample.ClassIndices[i]]), loss, 1e-11, $"the loss of row {i}");
        }

        Assert.Equal(200, learner.Steps);
        AssertClose.Vector(plain.Snapshot, learner.Snapshot().Weights.ToArray(), 1e-11, "the weights");
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Batches_take_one_step_along_the_mean_gradient(OnlineMethod method, double decay, double l2, long? averageAfter)
    {
        var options = new OnlineOptions { Method = method, Decay = decay, L2 = l2, AverageAfter = averageAfter };
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, 400);
        var learner = new OnlineLearner<Double4x8FromMinus5, double>(options);
        var plain = new PlainOnlineLearner(new double[sample.Weights.Length], 8, options);

        for (int first = 0; first < 400; first += 1 + (first / 20))
        {
            Range rows = first..Math.Min(400, first + 1 + (first / 20));
            double[] features = sample.Rows[(rows.Start.Value * 8)..(rows.End.Value * 8)];
            double loss = learner.UpdateBatch(features, sample.Labels[rows]);
            AssertClose.Equal(plain.Step(features, sample.ClassIndices[rows]), loss, 1e-11, $"the loss of rows {rows}");
        }

        AssertClose.Vector(plain.Snapshot, learner.Snapshot().Weights.ToArray(), 1e-11, "the weights");
    }

    [Fact]
    public void Single_precision_is_widened_and_learned_from_in_double()
    {
        var options = new OnlineOptions { Method = OnlineMethod.Sgd, LearningRate = 1e-9 };
        Sample sample = Sample.Of(Single3x4.Shape, 300);
        var learner = new OnlineLearner<Single3x4, float>(Single3x4.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w)), options);
        var plain = new PlainOnlineLearner(sample.Weights, 4, options);

        for (int i = 0; i < 300; i++)
        {
            double[] row = sample.Rows[(i * 4)..((i + 1) * 4)];
            double loss = learner.Update(Array.ConvertAll(row, x => (float)x), sample.Labels[i]);

            // Steps of 1e-9 are lost in float weights; the losses show them.
            AssertClose.Equal(plain.Step(row, [sample.ClassIndices[i]]), loss, 1e-14 * (1 + loss), $"the loss of row {i}");
        }
    }

    [Theory]
    [InlineData(OnlineMethod.AdaGrad)]
    [InlineData(OnlineMethod.Sgd)]
    [InlineData(OnlineMethod.Newton)]
    public void Passes_over_irises_come_near_the_optimum(OnlineMethod method)
    {
        ReferenceOptimum optimum = ReferenceOptima.Find("iris", "standardized", 0.1);
        SampleData data = SampleData.Load("iris", "standardized");
        var options = new OnlineOptions { Method = method, LearningRate = 0.3, Decay = 1e-2, L2 = 0.1, AverageAfter = 1500 };
        var learner = new OnlineLearner<Double3x4, double>(options);
        var random = new Random(3);

        for (int step = 0; step < 150 * 150; step++)
        {
            int row = random.Next(150);
            learner.Update(data.Rows.AsSpan(row * 4, 4), data.Labels[row]);
        }

        double[] weights = learner.Snapshot().Weights.ToArray();
        double penalty = 0.05 * weights.Where((_, i) => i % 5 != 0).Sum(w => w * w);
        Assert.InRange(PlainSoftmax.LossAndGradient(weights, data.Rows, data.Labels).Loss + penalty, optimum.Objective - 1e-12, optimum.Objective + 2e-3);
    }

    [Fact]
    public void Snapshots_stay_as_they_are()
    {
        var learner = new OnlineLearner<Double3x4, double>(new OnlineOptions { Method = OnlineMethod.AdaGrad });
        learner.Update([1, 2, 3, 4], 1);
        Double3x4 snapshot = learner.Snapshot();
        double[] before = snapshot.Weights.ToArray();

        learner.Update([1, 2, 3, 4], 2);

        Assert.Equal(before, snapshot.Weights.ToArray());
        Assert.NotEqual(before, learner.Snapshot().Weights.ToArray());
    }

    [Theory]
    [InlineData(OnlineMethod.AdaGrad)]
    [InlineData(OnlineMethod.Sgd)]
    [InlineData(OnlineMethod.Newton)]
    public void Updates_do_not_allocate(OnlineMethod method)
    {
        var options = new OnlineOptions { Method = method, L2 = 0.1, Decay = 0.1, AverageAfter = 0 };
        Sample sample = Sample.Of(Single4x8.Shape, 64);
        float[] rows = Array.ConvertAll(sample.Rows, x => (float)x);
        int[] labels = sample.Labels;
        var learner = new OnlineLearner<Single4x8, float>(options);

        AssertAllocation.None(() =>
        {
            for (int i = 0; i < 64; i++)
            {
                learner.Update(rows.AsSpan(i * 8, 8), labels[i]);
            }
        });
        AssertAllocation.None(() => learner.UpdateBatch(rows, labels));
    }

    [Theory]
    [InlineData(OnlineMethod.AdaGrad)]
    [InlineData(OnlineMethod.Sgd)]
    [InlineData(OnlineMethod.Newton)]
    public void Bad_rows_are_refused_and_nothing_is_learned(OnlineMethod method)
    {
        var learner = new OnlineLearner<Double4x8FromMinus5, double>(new OnlineOptions { Method = method });
        double[] row = [1, 2, 3, 4, 5, 6, 7, 8];
        for (int i = 0; i < 100; i++)
        {
            learner.Update([.. row.Select(x => x + (i % 7))], -3);
        }

        double[] before = learner.Snapshot().Weights.ToArray();
        double[] spoiled = [1, 2, double.NaN, 4, 5, 6, 7, 8];

        Refuse("features", "7", () => learner.Update(row.AsSpan(1), -3));
        Refuse("features", "Feature 2 of row 0 is NaN", () => learner.Update(spoiled, -3));
        Refuse("label", "is -1; labels run from -5 to -2", () => learner.Update(row, -1));
        Refuse("rows", "at least one row", () => learner.UpdateBatch([], []));
        Refuse("rows", "Feature 2 of row 1 is NaN", () => learner.UpdateBatch([.. row, .. spoiled], [-3, -4]));
        Refuse("labels", "The label of row 1 is 0", () => learner.UpdateBatch([.. row, .. row], [-3, 0]));

        Assert.Equal(100, learner.Steps);
        Assert.Equal(before, learner.Snapshot().Weights.ToArray());

        static void Refuse(string parameter, string message, Action action)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(action);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_learner_that_overflows_says_so()
    {
        var learner = new OnlineLearner<Double2x1, double>(new OnlineOptions { Method = OnlineMethod.Sgd, LearningRate = 1e200 });
        learner.Update([1e200], 0);

        Assert.Throws<InvalidOperationException>(() => learner.Update([1], 0));
        Assert.Throws<InvalidOperationException>(() => learner.UpdateBatch([1], [0]));
        Assert.Throws<InvalidOperationException>(learner.Snapshot);
        Assert.Equal(1, learner.Steps);
    }

    [Fact]
    public void Losses_of_far_scores_are_neither_rounded_to_nought_nor_infinite()
    {
        var learner = new OnlineLearner<Double2x1, double>(
            Double2x1.FromWeights([0, 1000, 0, -1000]), new OnlineOptions { Method = OnlineMethod.Sgd, LearningRate = 1e-3 });

        Assert.Equal(2000, learner.Update([1], 1), 1e-9);
        Assert.Equal(Math.Exp(-20), new OnlineLearner<Double2x1, double>(Double2x1.FromWeights([0, 20, 0, 0])).Update([1], 0), 1e-15);
        Assert.Throws<ArgumentNullException>(() => new OnlineLearner<Double2x1, double>(start: null!));
    }

    [Theory]
    [InlineData("Method")]
    [InlineData("PriorRows")]
    [InlineData("LearningRate")]
    [InlineData("Decay")]
    [InlineData("L2")]
    [InlineData("AverageAfter")]
    public void Options_out_of_range_are_named(string option)
    {
        var valid = new OnlineOptions();
        OnlineOptions[] wrong = option switch
        {
            "Method" => [valid with { Method = (OnlineMethod)3 }],
            "PriorRows" => [.. new[] { 0, -1, double.NaN, double.PositiveInfinity }.Select(rows => valid with { PriorRows = rows })],
            "LearningRate" => [.. new[] { 0, -1, double.NaN, double.PositiveInfinity }.Select(rate => valid with { LearningRate = rate })],
            "Decay" => [.. new[] { -1, double.NaN, double.PositiveInfinity }.Select(decay => valid with { Decay = decay })],
            "L2" => [.. new[] { -1, double.NaN, double.PositiveInfinity }.Select(l2 => valid with { L2 = l2 })],
            _ => [valid with { AverageAfter = -1 }],
        };

        Assert.All(wrong, options =>
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new OnlineLearner<Double2x1, double>(options));
            Assert.Equal("options", exception.ParamName);
            Assert.StartsWith(option + " is ", exception.Message, StringComparison.Ordinal);
        });
    }
}
