using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>Solvers that take rows in batches, and the plain gradient descent beside them.</summary>
public sealed class StochasticTests
{
    private const double Optimum = 0.24367722664938243;

    private static readonly TrainingOptions _options = new() { L2 = 0.01, Epochs = 300 };

    [Theory]
    [InlineData(Solver.Sgd, 2e-4)]
    [InlineData(Solver.Momentum, 2e-4)]
    [InlineData(Solver.Adam, 2e-4)]
    [InlineData(Solver.AdaGrad, 2e-4)]
    public void A_falling_rate_comes_near_the_optimum(Solver solver, double distance)
    {
        TrainingResult<Double3x4> result = Train(_options with { Solver = solver, LearningRateSchedule = LearningRateSchedule.Cosine });

        Assert.Equal(StopReason.MaxIterations, result.StopReason);
        Assert.Equal(300, result.Iterations);
        Assert.InRange(result.Objective, Optimum - 1e-12, Optimum + distance);
    }

    [Fact]
    public void One_batch_of_all_rows_is_gradient_descent_and_converges()
    {
        TrainingResult<Double3x4> result = Train(_options with { Solver = Solver.Sgd, BatchSize = 1000, LearningRate = 1, Epochs = 5000 });

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(Optimum, result.Objective, 1e-9);
    }

    [Fact]
    public void The_plain_gradient_descent_reaches_the_optimum()
    {
        TrainingResult<Double3x4> result = Train(_options with { Solver = Solver.GradientDescent, MaxIterations = 10_000 });

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(Optimum, result.Objective, 1e-9);
    }

    [Theory]
    [InlineData(Solver.Sgd)]
    [InlineData(Solver.Momentum)]
    [InlineData(Solver.Adam)]
    [InlineData(Solver.AdaGrad)]
    public void The_seed_decides_every_bit(Solver solver)
    {
        TrainingOptions options = _options with { Solver = solver, Epochs = 5, Seed = 7 };

        double[] first = Train(options).Model.Weights.ToArray();

        Assert.Equal(first, Train(options).Model.Weights.ToArray());
        Assert.NotEqual(first, Train(options with { Seed = 8 }).Model.Weights.ToArray());
    }

    [Theory]
    [InlineData(LearningRateSchedule.InverseTime)]
    [InlineData(LearningRateSchedule.InverseSquareRoot)]
    public void A_schedule_changes_the_course_from_the_second_epoch_on(LearningRateSchedule schedule)
    {
        TrainingResult<Double3x4> constant = Train(_options with { Solver = Solver.Sgd, Epochs = 2 });
        TrainingResult<Double3x4> falling = Train(_options with { Solver = Solver.Sgd, Epochs = 2, LearningRateSchedule = schedule });

        Assert.Equal(constant.History[1].Objective, falling.History[1].Objective);
        Assert.NotEqual(constant.History[2].Objective, falling.History[2].Objective);
    }

    [Fact]
    public void Too_large_a_rate_is_told_and_the_best_model_returned()
    {
        SampleData data = SampleData.Load("iris");

        TrainingResult<Double3x4> result = Train(_options with { Solver = Solver.Sgd, LearningRate = 1e200 });

        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.Equal(result.History.Min(entry => entry.Objective), result.Objective);
        Assert.True(double.IsFinite(result.Objective));
        Assert.Equal(PlainSoftmax.LossAndGradient(result.Model.Weights.ToArray(), data.Rows, data.Labels).Loss, result.Loss, 1e-12);
    }

    [Fact]
    public void The_best_epoch_is_returned_not_the_last()
    {
        // At this rate the epochs go up and down.
        TrainingResult<Double3x4> result = Train(_options with { Solver = Solver.Sgd, LearningRate = 20, Epochs = 30 });

        Assert.Equal(result.History.Min(entry => entry.Objective), result.Objective);
        Assert.Equal(result.History[result.BestIteration].Objective, result.Objective);
        Assert.True(result.BestIteration < result.Iterations);
    }

    [Fact]
    public void Batches_know_row_weights_soft_labels_and_offsets()
    {
        SampleData data = SampleData.Load("iris");
        double[] targets = [.. data.Labels.SelectMany(y => Enumerable.Range(0, 3).Select(j => j == y ? 0.8 : 0.1))];
        double[] offsets = [.. Enumerable.Range(0, 450).Select(i => Math.Sin(i))];
        double[] rowWeights = [.. Enumerable.Range(0, 150).Select(i => i % 4 * 0.5)];
        using var set = new TrainingSet<Double3x4, double>(new() { Rows = data.Rows, Targets = targets, Offsets = offsets, RowWeights = rowWeights });
        double expected = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 0.01, Tolerance = 1e-9 }).Objective;

        TrainingResult<Double3x4> result = SoftmaxTrainer.Train(
            set, _options with { Solver = Solver.Sgd, LearningRate = 0.2, LearningRateSchedule = LearningRateSchedule.Cosine });

        Assert.InRange(result.Objective, expected - 1e-12, expected + 1e-3);
    }

    private static TrainingResult<Double3x4> Train(TrainingOptions options)
    {
        SampleData data = SampleData.Load("iris");
        return Double3x4.Train(data.Rows, data.Labels, options);
    }
}
