using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

/// <summary>
/// On a stream that does not change, the running loss over any thousand rows is at most 5 % above that of the model which the learner began with, and in the
/// end near that of the best model. Each row is predicted before it is learned from.
/// </summary>
public sealed class OnlineBoundTests
{
    private const int Window = 1000;

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 5000)]
    [InlineData(3, 5000)]
    [InlineData(4, 20_000)]
    public void Churn_from_a_trained_model(int seed, int trainingRows)
    {
        OnlineStream training = OnlineStream.Churn(trainingRows, 100 + seed);
        OnlineStream stream = OnlineStream.Churn(8000, seed);
        ChurnModel model = ChurnModel.Train(training.Rows, training.Labels).Model;
        using TrainingSet<ChurnModel, double> set = ChurnModel.CreateTrainingSet(training.Rows, training.Labels);

        // It is about the model of which one row made 56.1.
        Assert.InRange(model.Evaluate(stream.Rows, stream.Labels).LogLoss, 0.41, 0.46);
        RequireBound(new OnlineLearner<ChurnModel, double>(model), model, stream);
        RequireBound(new OnlineLearner<ChurnModel, double>(model, set), model, stream);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Churn_from_zero_weights(int seed)
    {
        OnlineStream stream = OnlineStream.Churn(20_000, seed);
        ChurnModel best = ChurnModel.Train(stream.Rows, stream.Labels, new TrainingOptions { L2 = 0 }).Model;
        double[] losses = RequireBound(new OnlineLearner<ChurnModel, double>(), ChurnModel.FromWeights(new double[44]), stream);

        double[] offline = Losses(best, stream);
        Assert.InRange(losses[10_000..].Average(), 0, 1.01 * offline[10_000..].Average());
        foreach (OnlineMethod method in new[] { OnlineMethod.Sgd, OnlineMethod.AdaGrad })
        {
            var other = new OnlineLearner<ChurnModel, double>(new OnlineOptions { Method = method });
            Assert.True(Learn(other, stream)[10_000..].Average() > 1.5 * losses[10_000..].Average(), method.ToString());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Iris(int seed)
    {
        OnlineStream half = OnlineStream.Of("iris", 100, 50 + seed, step: 2);
        OnlineStream stream = OnlineStream.Of("iris", 10_000, seed);
        Double3x4 ofHalf = Double3x4.Train(half.Rows, half.Labels).Model;
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(half.Rows, half.Labels);
        Double3x4 best = Double3x4.Train(stream.Rows, stream.Labels, new TrainingOptions { L2 = 0 }).Model;

        RequireBound(new OnlineLearner<Double3x4, double>(ofHalf), ofHalf, stream);
        RequireBound(new OnlineLearner<Double3x4, double>(ofHalf, set), ofHalf, stream);
        RequireBound(new OnlineLearner<Double3x4, double>(best), best, stream);
        double[] losses = RequireBound(new OnlineLearner<Double3x4, double>(), Double3x4.FromWeights(new double[15]), stream);
        Assert.InRange(losses[5000..].Average(), 0, 1.3 * Losses(best, stream)[5000..].Average());
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Digits()
    {
        OnlineStream half = OnlineStream.Of("digits", 900, 51, step: 2);
        OnlineStream stream = OnlineStream.Of("digits", 6000, 1);
        Double10x64 ofHalf = Double10x64.Train(half.Rows, half.Labels).Model;
        Double10x64 ofAll = Double10x64.Train(stream.Rows, stream.Labels).Model;
        using TrainingSet<Double10x64, double> set = Double10x64.CreateTrainingSet(half.Rows, half.Labels);

        RequireBound(new OnlineLearner<Double10x64, double>(ofHalf), ofHalf, stream);
        RequireBound(new OnlineLearner<Double10x64, double>(ofHalf, set), ofHalf, stream);
        RequireBound(new OnlineLearner<Double10x64, double>(ofAll), ofAll, stream);
        double[] losses = RequireBound(new OnlineLearner<Double10x64, double>(), Double10x64.FromWeights(new double[650]), stream);
        Assert.InRange(losses[4000..].Average(), 0, 0.25);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Raw_scales(int seed)
    {
        OnlineStream training = OnlineStream.RawScale(1000, 50 + seed);
        OnlineStream stream = OnlineStream.RawScale(10_000, seed);
        Double2x2 model = Double2x2.Train(training.Rows, training.Labels).Model;
        Double2x2 best = Double2x2.Train(stream.Rows, stream.Labels, new TrainingOptions { L2 = 0 }).Model;
        using TrainingSet<Double2x2, double> set = Double2x2.CreateTrainingSet(training.Rows, training.Labels);

        RequireBound(new OnlineLearner<Double2x2, double>(model), model, stream);
        RequireBound(new OnlineLearner<Double2x2, double>(model, set), model, stream);
        double[] losses = RequireBound(new OnlineLearner<Double2x2, double>(), Double2x2.FromWeights(new double[6]), stream);
        Assert.InRange(losses[5000..].Average(), 0, 1.01 * Losses(best, stream)[5000..].Average());
    }

    [Fact]
    public void Streams_of_any_kind()
    {
        for (int seed = 1; seed <= 24; seed++)
        {
            OnlineStream stream = OnlineStream.Drawn(4000, seed, rowSeed: 1000 + seed);
            RequireBound(new OnlineLearner<Double3x4, double>(), Double3x4.FromWeights(new double[15]), stream);

            OnlineStream training = OnlineStream.Drawn(200 + (100 * (seed % 20)), seed, rowSeed: 2000 + seed);
            if (training.Labels.Distinct().Count() == 3)
            {
                Double3x4 best = Double3x4.Train(stream.Rows, stream.Labels, new TrainingOptions { L2 = 1e-6 }).Model;
                using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(training.Rows, training.Labels);
                Double3x4 model = SoftmaxTrainer.Train(set).Model;

                // Where few rows are lost, a window may suit the start by chance, and then the best model is beyond the bound as well.
                RequireBound(new OnlineLearner<Double3x4, double>(model), model, stream, best);
                RequireBound(new OnlineLearner<Double3x4, double>(model, set), model, stream, best);
            }
        }
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Wild_streams()
    {
        int models = 0;
        for (int seed = 1; seed <= 120; seed++)
        {
            OnlineStream stream = OnlineStream.Wild(4000, seed, rowSeed: 1000 + seed);
            OnlineStream training = OnlineStream.Wild((int)Math.Pow(10, 1.7 + (seed % 20 / 10.0)), seed, rowSeed: 2000 + seed);
            RequireBound(new OnlineLearner<Double3x4, double>(), Double3x4.FromWeights(new double[15]), stream);
            if (training.Labels.Distinct().Count() == 3)
            {
                using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(training.Rows, training.Labels);
                Double3x4 model = SoftmaxTrainer.Train(set).Model;
                RequireBound(new OnlineLearner<Double3x4, double>(model), model, stream);
                RequireBound(new OnlineLearner<Double3x4, double>(model, set), model, stream);
                models++;
            }
        }

        Assert.True(models > 60);
    }

    [Fact]
    public void Labels_without_rhyme_or_reason()
    {
        RequireBound(
            new OnlineLearner<Double2x64, double>(), Double2x64.FromWeights(new double[130]), OnlineStream.Noise(6000, features: 64, classes: 2, seed: 3));
        RequireBound(
            new OnlineLearner<Double10x16, double>(), Double10x16.FromWeights(new double[170]), OnlineStream.Noise(2000, features: 16, classes: 10, seed: 3));
        RequireBound(
            new OnlineLearner<Double10x64, double>(), Double10x64.FromWeights(new double[650]), OnlineStream.Noise(2000, features: 64, classes: 10, seed: 3));
    }

    [Fact]
    public void One_pass_in_batches_comes_near_the_best_model()
    {
        OnlineStream stream = OnlineStream.Churn(30_000, 9);
        var learner = new OnlineLearner<ChurnModel, double>();
        for (int first = 0; first < 30_000; first += 1000)
        {
            OnlineStream batch = stream.Slice(first, 1000);
            learner.UpdateBatch(batch.Rows, batch.Labels);
        }

        TrainingResult<ChurnModel> best = ChurnModel.Train(stream.Rows, stream.Labels, new TrainingOptions { L2 = 0 });
        Assert.InRange(learner.Snapshot().Evaluate(stream.Rows, stream.Labels).LogLoss, best.Loss - 1e-9, 1.002 * best.Loss);
    }

    private static double[] RequireBound<TModel>(OnlineLearner<TModel, double> learner, TModel start, OnlineStream stream, TModel? orElse = null)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double[] losses = Learn(learner, stream);
        double[] before = Losses(start, stream);
        double[] otherwise = Losses(orElse ?? start, stream);
        double sum = 0;
        double sumBefore = 0;
        double sumOtherwise = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            sum += losses[i] - (i < Window ? 0 : losses[i - Window]);
            sumBefore += before[i] - (i < Window ? 0 : before[i - Window]);
            sumOtherwise += otherwise[i] - (i < Window ? 0 : otherwise[i - Window]);
            if (i >= Window - 1)
            {
                Assert.True(
                    sum <= 1.05 * Math.Max(sumBefore, sumOtherwise),
                    $"The mean loss of the thousand rows up to {i} is {sum / Window}; the start has {sumBefore / Window}.");
            }
        }

        return losses;
    }

    private static double[] Learn<TModel>(OnlineLearner<TModel, double> learner, OnlineStream stream)
        where TModel : class, ISoftmaxModel<TModel, double> =>
        [.. Enumerable.Range(0, stream.Labels.Length).Select(i => learner.Update(stream.Row(i), stream.Labels[i]))];

    private static double[] Losses<TModel>(TModel model, OnlineStream stream)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double[] scores = new double[TModel.Shape.Classes];
        return [.. Enumerable.Range(0, stream.Labels.Length).Select(Loss)];

        double Loss(int i)
        {
            model.PredictScores(stream.Row(i), scores);
            return Oracles.PlainSoftmax.Loss(scores, stream.Labels[i]);
        }
    }
}
