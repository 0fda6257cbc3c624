using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

/// <summary>What <see cref="Solver.Auto"/> stands for, at both sides of each limit.</summary>
public sealed class SolverChoiceTests
{
    [Theory]
    [InlineData(3, 11, 501, Solver.Newton)]
    [InlineData(3, 11, 20_000, Solver.Newton)]
    [InlineData(3, 12, 501, Solver.Lbfgs)]
    [InlineData(3, 14, 500, Solver.Newton)]
    [InlineData(3, 15, 500, Solver.Lbfgs)]
    [InlineData(5, 5, 1000, Solver.Newton)]
    [InlineData(26, 0, 1000, Solver.Lbfgs)]
    [InlineData(2, 4, 100, Solver.Lbfgs)]
    public void Newton_is_for_small_matrices_larger_ones_of_few_rows_and_three_classes_or_more(int classes, int features, int rows, Solver expected) =>
        Assert.Equal(expected, Choose(classes, features, rows, hasHessian: true, new TrainingOptions(), l2: 0.1).Solver);

    [Theory]
    [InlineData(0, 0, true, Solver.Newton)]
    [InlineData(0.1, 0.1, true, Solver.Newton)]
    [InlineData(0.1, 0, true, Solver.Lbfgs)]
    [InlineData(0, 0, false, Solver.Lbfgs)]
    [InlineData(0.1, 0.1, false, Solver.Lbfgs)]
    public void Newton_is_for_no_penalty_and_for_L1_where_there_is_a_Hessian(double l2, double l1, bool hasHessian, Solver expected) =>
        Assert.Equal(expected, Choose(10, 20, 2000, hasHessian, new TrainingOptions { L1 = l1 }, l2).Solver);

    [Theory]
    [InlineData(0, true, Solver.Newton)]
    [InlineData(0.1, true, Solver.Newton)]
    [InlineData(0, false, Solver.Newton)]
    [InlineData(0.1, false, Solver.Lbfgs)]
    public void A_solver_that_is_asked_for_is_used_unless_it_needs_a_Hessian_that_is_not_there(double l1, bool hasHessian, Solver expected) =>
        Assert.Equal(expected, Choose(10, 20, 2000, hasHessian, new TrainingOptions { Solver = Solver.Newton, L1 = l1 }, l2: 0.1).Solver);

    [Theory]
    [InlineData(2, 4, 15)]
    [InlineData(2, 48, 59)]
    [InlineData(2, 49, 60)]
    [InlineData(2, 50, 60)]
    [InlineData(10, 64, 60)]
    public void LBFGS_has_ten_iterations_and_one_for_each_weight_of_a_contrast_up_to_sixty(int classes, int features, int expected) =>
        Assert.Equal(expected, Choose(classes, features, 2000, hasHessian: true, new TrainingOptions(), l2: 0.1).Patience);

    [Fact]
    public void LBFGS_that_is_asked_for_or_has_no_Newton_behind_it_goes_on()
    {
        Assert.Null(Choose(10, 20, 2000, hasHessian: true, new TrainingOptions { Solver = Solver.Lbfgs }, l2: 0.1).Patience);
        Assert.Null(Choose(10, 20, 2000, hasHessian: false, new TrainingOptions(), l2: 0.1).Patience);
        Assert.Null(Choose(3, 4, 100, hasHessian: true, new TrainingOptions(), l2: 0.1).Patience);
    }

    [Theory]
    [InlineData(4, 8, 20_000, 19L)]
    [InlineData(4, 8, 19_999, null)]
    [InlineData(4, 8, 102_600, 19L)]
    [InlineData(4, 8, 108_000, 20L)]
    [InlineData(2, 4, 99_999, null)]
    [InlineData(2, 4, 100_000, 100L)]
    [InlineData(10, 16, 29_069, null)]
    [InlineData(10, 16, 29_070, 19L)]
    public void A_sample_is_for_many_rows_to_a_weight(int classes, int features, int rows, long? expected) =>
        Assert.Equal(expected, Choose(classes, features, rows, hasHessian: true, new TrainingOptions(), l2: 0.1).Stride);

    [Fact]
    public void A_sample_is_for_a_smooth_objective_that_has_a_minimum_and_for_Auto()
    {
        Assert.Null(Choose(4, 8, 30_000, hasHessian: false, new TrainingOptions(), l2: 0).Stride);
        Assert.Null(Choose(4, 8, 30_000, hasHessian: false, new TrainingOptions { L1 = 0.1 }, l2: 0.1).Stride);
        Assert.Null(Choose(4, 8, 30_000, hasHessian: true, new TrainingOptions { Solver = Solver.Lbfgs }, l2: 0.1).Stride);
        Assert.Null(Choose(3, 4, 30_000, hasHessian: true, new TrainingOptions(), l2: 0.1).Stride);
    }

    private static (Solver Solver, int? Patience, long? Stride) Choose(int classes, int features, int rows, bool hasHessian, TrainingOptions options, double l2)
    {
        int[] classIndices = [.. Enumerable.Range(0, rows).Select(row => row % classes)];
        var plain = new PlainMeanLoss(classes, features, new double[rows * features], classIndices);
        var loss = new PlainMeanLoss(classes, features, new double[rows * features], classIndices) { Shape = plain.Shape with { HasHessian = hasHessian } };
        var objective = new Objective(loss, l2, standardize: true, maxThreads: 1, options.L1);
        Solver solver = SolverChoice.For(objective, options);
        return (solver, SolverChoice.PatienceWithLbfgs(objective, options, solver), SolverChoice.SampleStride(objective, options, solver));
    }
}
