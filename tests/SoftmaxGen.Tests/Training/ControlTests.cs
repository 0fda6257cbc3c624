using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>Warm starts, validation sets, the same bits for any number of threads, and what a training allocates.</summary>
public sealed class ControlTests
{
    [Theory]
    [InlineData(true, 0.01)]
    [InlineData(false, 0.01)]
    [InlineData(true, 0.0)]
    public void A_training_that_starts_at_its_own_answer_has_converged(bool standardize, double l2)
    {
        SampleData data = SampleData.Load("wine");
        int[] labels = [.. data.Labels.Select((y, i) => i % 7 == 0 ? (y + 1) % 3 : y)];
        var options = new TrainingOptions { L2 = l2, Standardize = standardize, Tolerance = 1e-9, MaxIterations = 1000 };
        TrainingResult<Double3x13> first = Double3x13.Train(data.Rows, labels, options);

        TrainingResult<Double3x13> second = Double3x13.Train(
            data.Rows, labels, options with { InitialWeights = first.Model.Weights.ToArray(), Tolerance = 2e-9, Solver = Solver.Lbfgs });

        Assert.True(first.Converged);
        Assert.Equal(StopReason.Converged, second.StopReason);
        Assert.Equal(0, second.Iterations);
        Assert.Equal(first.Objective, second.Objective, 1e-12);
        AssertVector.Close(first.Model.Weights, second.Model.Weights, 1e-9);
    }

    [Fact]
    public void Initial_weights_are_checked()
    {
        SampleData data = SampleData.Load("iris");

        Assert.Throws<ArgumentException>(() => Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { InitialWeights = new double[14] }));
        Assert.Throws<ArgumentException>(
            () => Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { InitialWeights = Enumerable.Repeat(double.NaN, 15).ToArray() }));
    }

    [Fact]
    public void Validation_returns_the_model_that_is_best_on_the_validation_set_and_stops()
    {
        // Two rows in five are mislabelled at random: an unpenalised training learns them by heart.
        SampleData data = SampleData.Load("wine", "standardized");
        var random = new Random(1);
        int[] labels = [.. data.Labels.Select(y => random.Next(5) < 2 ? random.Next(3) : y)];
        using TrainingSet<Double3x13, double> training = Part(isTraining: true);
        using TrainingSet<Double3x13, double> validation = Part(isTraining: false);
        var options = new TrainingOptions { Solver = Solver.Lbfgs, L2 = 0, Patience = 5 };

        TrainingResult<Double3x13> result = SoftmaxTrainer.Train(training, options, validation);

        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        Assert.False(result.Converged);
        Assert.Equal(result.BestIteration + 5, result.Iterations);
        Assert.Equal(result.History.Min(entry => entry.ValidationLoss), result.ValidationLoss);
        Assert.Equal(result.ValidationLoss, validation.LossAndGradient(result.Model.Weights, new double[42]), 1e-12);
        Assert.Equal(result.Loss, training.LossAndGradient(result.Model.Weights, new double[42]), 1e-12);
        Assert.All(SoftmaxTrainer.Train(training, options).History, entry => Assert.True(double.IsNaN(entry.ValidationLoss)));

        TrainingSet<Double3x13, double> Part(bool isTraining)
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => i % 3 != 0 == isTraining)];
            return Double3x13.CreateTrainingSet([.. rows.SelectMany(i => data.Rows[(i * 13)..((i + 1) * 13)])], [.. rows.Select(i => labels[i])]);
        }
    }

    [Fact]
    public void Validation_on_the_training_rows_lets_the_training_converge()
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, data.Labels);
        var options = new TrainingOptions { L2 = 1e-9, Solver = Solver.Newton };

        TrainingResult<Double3x4> result = SoftmaxTrainer.Train(set, options, set);

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(result.Iterations, result.BestIteration);
        Assert.Equal(result.Loss, result.ValidationLoss, 1e-7);
    }

    [Theory]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.GradientDescent)]
    [InlineData(Solver.Adam)]
    public void Any_number_of_threads_gives_the_same_bits(Solver solver)
    {
        SampleData data = SampleData.Load("iris");
        double[] rows = [.. Enumerable.Repeat(data.Rows, 150).SelectMany(static x => x)];
        int[] labels = [.. Enumerable.Repeat(data.Labels, 150).SelectMany(static y => y)];
        var limits = new TrainingOptions { Solver = solver, L2 = 0.01, MaxIterations = 20, Epochs = 2 };
        TrainingOptions options = limits with { LabelSmoothing = 0.1, ClassWeights = ClassWeights.Of(1, 2, 3) };

        double[] one = Double3x4.Train(rows, labels, options).Model.Weights.ToArray();

        Assert.Equal(one, Double3x4.Train(rows, labels, options with { MaxThreads = 2 }).Model.Weights.ToArray());
        Assert.Equal(one, Double3x4.Train(rows, labels, options with { MaxThreads = 64 }).Model.Weights.ToArray());
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.Adam)]
    public void A_refit_on_the_same_set_allocates_little(Solver solver)
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, data.Labels);
        var options = new TrainingOptions { Solver = solver, L2 = 1e-3, Standardize = false };

        AssertAllocation.InRange(1, 10_000, () => _ = SoftmaxTrainer.Train(set, options));
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    public void A_refit_of_a_large_model_allocates_less_than_10_kilobytes_in_all(Solver solver)
    {
        SampleData data = SampleData.Load("digits");
        var options = new TrainingOptions { Solver = solver, L2 = 1e-3 };
        using TrainingSet<Double10x64, double> set = Double10x64.CreateTrainingSet(data.Rows, data.Labels);
        using TrainingSet<Single10x64, float> singleSet = Single10x64.CreateTrainingSet(Array.ConvertAll(data.Rows, x => (float)x), data.Labels);

        // The weights of the model alone are 5,200 and 2,600 bytes of it.
        AssertAllocation.InRange(5200, 10_000, () => _ = SoftmaxTrainer.Train(set, options));
        AssertAllocation.InRange(2600, 10_000, () => _ = SoftmaxTrainer.Train(singleSet, options));
    }

    [Fact]
    public void The_weights_of_a_model_are_its_own()
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, data.Labels);
        Double3x4 first = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1e-3 }).Model;
        double[] weights = first.Weights.ToArray();

        Double3x4 second = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1 }).Model;

        Assert.Equal(weights, first.Weights.ToArray());
        Assert.NotEqual(weights, second.Weights.ToArray());
    }

    [Fact]
    public void What_a_training_allocates_does_not_depend_on_the_rows()
    {
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { Solver = Solver.Lbfgs, Tolerance = 1e-15, MaxIterations = 10 };

        Assert.InRange(Allocated(50) - Allocated(2), -1000, 1000);

        long Allocated(int copies)
        {
            double[] rows = [.. Enumerable.Repeat(data.Rows, copies).SelectMany(static x => x)];
            int[] labels = [.. Enumerable.Repeat(data.Labels, copies).SelectMany(static y => y)];
            return AssertAllocation.Bytes(() => _ = Double3x4.Train(rows, labels, options));
        }
    }

    [Fact]
    public void The_solver_that_was_used_is_told()
    {
        SampleData data = SampleData.Load("iris");

        Assert.Equal(Solver.Newton, Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { Solver = Solver.Newton }).Solver);
        Assert.NotEqual(Solver.Auto, Double3x4.Train(data.Rows, data.Labels).Solver);
    }

    [Theory]
    [InlineData(2, Solver.Newton)]
    [InlineData(3, Solver.Lbfgs)]
    public void Auto_takes_Newton_for_few_rows_and_LBFGS_for_many(int copies, Solver expected)
    {
        SampleData data = SampleData.Load("wine");
        double[] rows = [.. Enumerable.Repeat(data.Rows, copies).SelectMany(static x => x)];
        int[] labels = [.. Enumerable.Repeat(data.Labels, copies).SelectMany(static y => y)];

        Assert.Equal(expected, Double3x13.Train(rows, labels, new TrainingOptions { L2 = 0.1 }).Solver);
    }

    [Theory]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    public void Weights_to_start_from_need_not_be_centred(Solver solver)
    {
        SampleData data = SampleData.Load("iris");
        var options = new TrainingOptions { Solver = solver, L2 = 1e-2, Tolerance = 1e-10, MaxIterations = 1000 };
        double[] start = [.. Enumerable.Range(0, 15).Select(i => 3 + Math.Sin(i))];

        TrainingResult<Double3x4> far = Double3x4.Train(data.Rows, data.Labels, options with { InitialWeights = start });

        Assert.Equal(StopReason.Converged, far.StopReason);
        AssertVector.Close(Double3x4.Train(data.Rows, data.Labels, options).Model.Weights.ToArray(), far.Model.Weights.ToArray(), 1e-7);
    }
}
