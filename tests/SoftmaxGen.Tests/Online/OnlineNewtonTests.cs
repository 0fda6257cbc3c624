using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Online;

/// <summary>The default method against plain dense arithmetic, and on the streams that spoil such methods.</summary>
public sealed class OnlineNewtonTests
{
    [Fact]
    public void Updates_of_two_classes_are_those_of_the_formulas() => AgreeWithFormulas<Double2x3>(500, isDiagonal: false);

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Updates_of_several_classes_are_those_of_the_formulas(double l2) => AgreeWithFormulas<Double4x8FromMinus5>(200, isDiagonal: false, l2);

    [Fact]
    public void Updates_of_many_classes_are_those_of_the_formulas() => AgreeWithFormulas<Double7x4>(150, isDiagonal: false);

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Updates_of_a_large_shape_are_those_of_the_diagonal(double l2) => AgreeWithFormulas<Double10x30>(110, isDiagonal: true, l2);

    [Fact]
    public void Single_precision_is_widened_and_learned_from_in_double()
    {
        Sample sample = Sample.Of(Single3x4.Shape, 300);
        var single = new OnlineLearner<Single3x4, float>(Single3x4.FromWeights(Array.ConvertAll(sample.Weights, w => (float)w)));
        var twin = new OnlineLearner<Double3x4, double>(Double3x4.FromWeights(sample.Weights));

        for (int i = 0; i < 300; i++)
        {
            double[] row = sample.Rows[(i * 4)..((i + 1) * 4)];
            Assert.Equal(twin.Update(row, sample.ClassIndices[i]), single.Update(Array.ConvertAll(row, x => (float)x), sample.Labels[i]));
        }
    }

    [Fact]
    public void A_batch_is_its_rows_in_turn()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 300);
        var one = new OnlineLearner<Double3x4, double>(Double3x4.FromWeights(sample.Weights));
        var other = new OnlineLearner<Double3x4, double>(Double3x4.FromWeights(sample.Weights));

        for (int first = 0; first < 300; first += 50)
        {
            double sum = 0;
            for (int i = first; i < first + 50; i++)
            {
                sum += one.Update(sample.Rows.AsSpan(i * 4, 4), sample.Labels[i]);
            }

            Assert.Equal(sum / 50, other.UpdateBatch(sample.Rows.AsSpan(first * 4, 200), sample.Labels.AsSpan(first, 50)));
        }

        Assert.Equal(300, other.Steps);
        Assert.Equal(one.Snapshot().Weights, other.Snapshot().Weights);
    }

    [Fact]
    public void The_units_of_features_change_nothing()
    {
        OnlineStream stream = OnlineStream.RawScale(1000, 3);
        var raw = new OnlineLearner<Double2x2, double>();
        var scaled = new OnlineLearner<Double2x2, double>();

        // Powers of two, near 1e12 and 1e-12: every operation is the same but for exponents.
        for (int i = 0; i < 1000; i++)
        {
            ReadOnlySpan<double> x = stream.Row(i);
            double[] other = [Math.ScaleB(x[0], 40), Math.ScaleB(x[1], -40)];
            Assert.Equal(raw.Update(x, stream.Labels[i]), scaled.Update(other, stream.Labels[i]));
        }
    }

    [Theory]
    [InlineData(1e-150, 1e150)]
    [InlineData(1e-12, 1e12)]
    public void Features_of_any_scale_are_learned(double small, double large)
    {
        OnlineStream stream = OnlineStream.RawScale(4000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        double[] losses = [.. Enumerable.Range(0, 4000).Select(i => learner.Update([stream.Row(i)[0] * large, stream.Row(i)[1] * small], stream.Labels[i]))];

        // The model that made the labels has 0.48.
        Assert.InRange(losses[2000..].Average(), 0.4, 0.5);
    }

    [Fact]
    public void Far_from_zero_features_are_learned_by_their_differences()
    {
        OnlineStream stream = OnlineStream.RawScale(4000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        double[] losses =
        [
            .. Enumerable.Range(0, 4000).Select(i => learner.Update([1.7e9 + (stream.Row(i)[0] * 1e-4), 1e6 + stream.Row(i)[1]], stream.Labels[i])),
        ];

        Assert.InRange(losses[2000..].Average(), 0.4, 0.5);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e300)]
    public void A_first_row_far_from_all_others_does_not_set_the_scale(double far)
    {
        OnlineStream stream = OnlineStream.RawScale(4000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        learner.Update([far, -far], 0);

        double[] losses = [.. Enumerable.Range(0, 4000).Select(i => learner.Update([stream.Row(i)[0], stream.Row(i)[1]], stream.Labels[i]))];

        Assert.InRange(losses[2000..].Average(), 0.4, 0.5);
    }

    [Fact]
    public void Rows_far_away_now_and_then_do_not_spoil_the_others()
    {
        OnlineStream stream = OnlineStream.RawScale(6000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        double sum = 0;
        for (int i = 0; i < 6000; i++)
        {
            sum += i >= 3000 ? learner.Update(stream.Row(i), stream.Labels[i]) : learner.Update(stream.Row(i), stream.Labels[i]) * 0;
            if (i % 1000 == 500)
            {
                learner.Update([1e10, 1e1], i / 1000 % 2);
            }
        }

        Assert.InRange(sum / 3000, 0.4, 0.52);
    }

    [Fact]
    public void A_feature_that_begins_to_vary_is_learned_from_then_on()
    {
        OnlineStream stream = OnlineStream.RawScale(6000, 3);
        var learner = new OnlineLearner<Double2x2, double>(Double2x2.FromWeights([0, 0, 3, 0, 0, -3]));
        double[] losses =
        [
            .. Enumerable.Range(0, 6000).Select(i => learner.Update([stream.Row(i)[0], i < 1000 ? 0.25 : stream.Row(i)[1]], stream.Labels[i])),
        ];

        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.InRange(losses[4000..].Average(), 0.4, 0.5);
    }

    [Fact]
    public void A_constant_but_for_rounding_stays_one()
    {
        OnlineStream stream = OnlineStream.RawScale(3000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        for (int i = 0; i < 3000; i++)
        {
            learner.Update([stream.Row(i)[0], i % 7 == 0 ? 0.1 + 0.2 : 0.3], stream.Labels[i]);
        }

        double[] weights = learner.Snapshot().Weights.ToArray();
        Assert.Equal(0, weights[2]);
        Assert.Equal(0, weights[5]);
        Assert.NotEqual(0, weights[1]);
    }

    [Fact]
    public void One_class_alone_for_a_thousand_rows_is_recovered_from()
    {
        OnlineStream stream = OnlineStream.RawScale(12_000, 3);
        var learner = new OnlineLearner<Double2x2, double>();
        double[] losses = [.. Enumerable.Range(0, 12_000).Select(i => learner.Update(stream.Row(i), i < 1000 ? 0 : stream.Labels[i]))];

        Assert.InRange(losses[500..1000].Average(), 0, 0.05);
        Assert.InRange(losses[8000..].Average(), 0.4, 0.52);
    }

    [Fact]
    public void Weights_near_overflow_are_refused_and_nothing_is_learned()
    {
        Double2x1 start = Double2x1.FromWeights([0, 1e308, 0, -1e308]);
        var learner = new OnlineLearner<Double2x1, double>(start);
        Assert.Throws<InvalidOperationException>(() => learner.Update([10], 0));
        Assert.Throws<InvalidOperationException>(() => learner.UpdateBatch([10, 10], [0, 1]));
        Assert.Equal(0, learner.Steps);

        for (int i = 0; i < 200; i++)
        {
            learner.Update([(i % 5) * 1e-308], i % 2);
        }

        Assert.All(learner.Snapshot().Weights.ToArray(), weight => Assert.True(double.IsFinite(weight)));
    }

    [Fact]
    public void Nothing_is_learned_before_the_scales_are_known()
    {
        Sample sample = Sample.Of(Double3x4.Shape, 64);
        var learner = new OnlineLearner<Double3x4, double>(Double3x4.FromWeights(sample.Weights));
        for (int i = 0; i < 63; i++)
        {
            learner.Update(sample.Rows.AsSpan(i * 4, 4), sample.Labels[i]);
            Assert.Equal(sample.Weights, learner.Snapshot().Weights.ToArray());
        }

        learner.Update(sample.Rows.AsSpan(63 * 4, 4), sample.Labels[63]);
        Assert.NotEqual(sample.Weights, learner.Snapshot().Weights.ToArray());
    }

    [Fact]
    public void A_training_set_is_evidence_from_the_first_row_on()
    {
        OnlineStream stream = OnlineStream.RawScale(1001, 8);
        using TrainingSet<Double2x2, double> set = Double2x2.CreateTrainingSet(stream.Rows.AsSpan(0, 2000), stream.Labels.AsSpan(0, 1000));
        Double2x2 model = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 0 }).Model;
        var learner = new OnlineLearner<Double2x2, double>(model, set);

        learner.Update(stream.Row(1000), stream.Labels[1000]);

        // The Newton step of the one row by the Hessian of all 1,001, of which an eighth is trusted: both labels pull the weights of class 1 their way.
        double[] after = learner.Snapshot().Weights.ToArray();
        double[] expected = NewtonStep(model, stream);
        for (int i = 0; i < after.Length; i++)
        {
            // The evidence of one row, uncorrelated, stands beside the set's; one in a thousand.
            AssertClose.Equal(expected[i], after[i] - model.Weights[i], 0.01 * Math.Abs(expected[i]), $"the step of weight {i}");
        }
    }

    private static double[] NewtonStep(Double2x2 model, OnlineStream stream)
    {
        // By the contrast of two classes, in units of the scales: 1e6 and 1e-3.
        double[][] hessian = [new double[4], new double[4], new double[4]];
        double[] weights = model.Weights.ToArray();
        for (int i = 0; i < 1001; i++)
        {
            double[] x = [1, stream.Row(i)[0] / 1e6, stream.Row(i)[1] * 1e3];
            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, stream.Row(i)));
            for (int a = 0; a < 3; a++)
            {
                for (int b = 0; b < 3; b++)
                {
                    hessian[a][b] += p[0] * p[1] * x[a] * x[b];
                }

                hessian[a][3] = (p[1] - stream.Labels[i]) * x[a];
            }
        }

        double[] solution = PlainElimination.Solve(hessian);

        // Of the exponent of its first trust, -2, and half for each class.
        double share = 1 / (1 + Math.Exp(2)) / 2;
        double[] step = [.. Enumerable.Range(0, 3).Select(i => -share * solution[i] * (i == 1 ? 1e-6 : i == 2 ? 1e3 : 1))];
        return [.. step.Select(x => -x), .. step];
    }

    private static void AgreeWithFormulas<TModel>(int rows, bool isDiagonal, double l2 = 0)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        Sample sample = Sample.Of(shape, rows);
        double[] start = Array.ConvertAll(sample.Weights, w => w / 4);
        var learner = new OnlineLearner<TModel, double>(TModel.FromWeights(start), new OnlineOptions { PriorRows = 30, L2 = l2 });
        var plain = new PlainOnlineNewton(shape.Classes, shape.Features, start, rowsOfStart: 30, l2, isDiagonal);

        for (int i = 0; i < rows; i++)
        {
            double[] row = sample.Rows[(i * shape.Features)..((i + 1) * shape.Features)];

            // Beyond the reach, now and then.
            row[0] *= i % 90 == 89 ? 1000 : 1;
            double loss = learner.Update(row, sample.Labels[i]);
            double expected = plain.Learn(row, sample.ClassIndices[i]);
            AssertClose.Equal(expected, loss, 1e-9 * Math.Max(1, expected), $"the loss of row {i}");
        }

        AssertClose.Vector(plain.Weights, learner.Snapshot().Weights.ToArray(), 1e-9, "the weights");
    }
}
