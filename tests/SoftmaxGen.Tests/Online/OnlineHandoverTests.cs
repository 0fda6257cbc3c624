using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

/// <summary>
/// A model that is handed to a learner stays as good as it was, after one row and after thousands: on rows that the learner never sees, its snapshots lose at
/// most 5 % more than the model did. Churn from a model: with steps in raw units 0.437 became 56.1 after one row and 1.31 after 2,000. Features of scale
/// 1e6 and 1e-3 from zero weights: 551.
/// </summary>
public sealed class OnlineHandoverTests
{
    // After the first row, before and after the 64 that tell the scales, and at the end.
    private static readonly int[] _moments = [1, 2, 3, 10, 63, 64, 65, 100, 300, 1000, 2000];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Churn_from_a_trained_model(int seed)
    {
        OnlineStream training = OnlineStream.Churn(5000, 300 + seed);
        OnlineStream others = OnlineStream.Churn(5000, 400 + seed);
        OnlineStream stream = OnlineStream.Churn(2000, 500 + seed);
        using TrainingSet<ChurnModel, double> set = ChurnModel.CreateTrainingSet(training.Rows, training.Labels);
        ChurnModel model = SoftmaxTrainer.Train(set).Model;
        double before = model.Evaluate(others.Rows, others.Labels).LogLoss;

        Assert.InRange(before, 0.42, 0.46);
        RequireNoLoss(new OnlineLearner<ChurnModel, double>(model), before, stream, others);
        RequireNoLoss(new OnlineLearner<ChurnModel, double>(model, set), before, stream, others);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Raw_scales_from_zero_weights(int seed)
    {
        OnlineStream others = OnlineStream.RawScale(5000, 400 + seed);
        OnlineStream stream = OnlineStream.RawScale(2000, 500 + seed);
        var learner = new OnlineLearner<Double2x2, double>();

        RequireNoLoss(learner, Math.Log(2), stream, others);

        // And it has learned: rows of this kind cannot be told with a loss below 0.46.
        Assert.InRange(learner.Snapshot().Evaluate(others.Rows, others.Labels).LogLoss, 0.4, 0.5);
    }

    [Fact]
    public void Streams_of_any_kind_from_a_trained_model()
    {
        for (int seed = 1; seed <= 24; seed++)
        {
            OnlineStream training = OnlineStream.Drawn(2000, seed, rowSeed: 3000 + seed);
            OnlineStream others = OnlineStream.Drawn(4000, seed, rowSeed: 4000 + seed);
            OnlineStream stream = OnlineStream.Drawn(2000, seed, rowSeed: 5000 + seed);
            if (training.Labels.Distinct().Count() == 3)
            {
                using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(training.Rows, training.Labels);
                Double3x4 model = SoftmaxTrainer.Train(set).Model;
                double before = model.Evaluate(others.Rows, others.Labels).LogLoss;

                RequireNoLoss(new OnlineLearner<Double3x4, double>(model), before, stream, others);
                RequireNoLoss(new OnlineLearner<Double3x4, double>(model, set), before, stream, others);
            }
        }
    }

    private static void RequireNoLoss<TModel>(OnlineLearner<TModel, double> learner, double before, OnlineStream stream, OnlineStream others)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        int next = 0;
        for (int i = 0; i < stream.Labels.Length; i++)
        {
            learner.Update(stream.Row(i), stream.Labels[i]);
            if (i + 1 == _moments[next])
            {
                next++;
                double after = learner.Snapshot().Evaluate(others.Rows, others.Labels).LogLoss;
                Assert.True(after <= 1.05 * before, $"After {i + 1} rows the loss on others is {after}; before it was {before}.");
            }
        }
    }
}
