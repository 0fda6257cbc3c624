using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Data;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>Data as people really have them, on which a training is tempted to say what is not so: the smallest inputs, and what is right.</summary>
public sealed class HardDataTests
{
    private static readonly TrainingOptions _exact = new() { L2 = 0 };

    [Fact]
    public void A_column_that_is_constant_but_for_rounding_has_no_weight()
    {
        // 0.1 + 0.2 is the number after 0.3. Without the column three rows of four are of class 1.
        TrainingResult<Double2x1> result = Double2x1.Train([0.1 + 0.2, 0.3, 0.3, 0.3], [0, 1, 1, 1]);

        Assert.Equal(StopReason.Converged, result.StopReason);
        double[] probabilities = new double[2];
        result.Model.PredictProbabilities([0.31], probabilities);
        Assert.Equal(0.75, probabilities[1], 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_column_that_is_constant_but_for_rounding_changes_nothing_beside_a_good_one(bool standardize)
    {
        double[] good = [-2, -1, 0, 1, 2, 3, -0.5, 0.5];
        int[] labels = [0, 0, 1, 0, 1, 1, 1, 0];
        double[] both = [.. good.SelectMany((x, i) => new[] { x, i % 3 == 0 ? 1e6 : Math.BitIncrement(1e6) })];

        TrainingResult<Double2x2> actual = Double2x2.Train(both, labels, new TrainingOptions { Standardize = standardize });

        Assert.Equal(StopReason.Converged, actual.StopReason);
        Assert.Equal(Double2x1.Train(good, labels, new TrainingOptions { Standardize = standardize }).Objective, actual.Objective, 1e-9);
    }

    [Fact]
    public void Single_precision_has_its_own_rounding()
    {
        // 1000 and the next number of single precision: in double precision a feature like any other.
        float[] rows = [.. Enumerable.Range(0, 16).SelectMany(i => new[] { i * 0.5f, i % 3 == 0 ? 1000f : float.BitIncrement(1000f), -i })];
        using TrainingSet<MomentsModelSingle, float> single = MomentsModelSingle.CreateTrainingSet(rows, [.. Enumerable.Range(0, 16).Select(i => i % 2)]);
        using TrainingSet<MomentsModel, double> wide = MomentsModel.CreateTrainingSet(Array.ConvertAll(rows, x => (double)x), new int[16]);

        Assert.Equal(0, ((IMeanLoss)single).Moments.Deviations[1]);
        Assert.True(((IMeanLoss)single).Moments.Deviations[0] > 1);
        Assert.True(((IMeanLoss)wide).Moments.Deviations[1] > 1e-5);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-30)]
    public void One_row_that_differs_is_not_rounding(double weight)
    {
        // Two million seconds, all the same but for one, which is a hundred seconds later: by its variance alone it would pass for rounding.
        double[] rows = [.. Enumerable.Range(0, 20_000).SelectMany(i => new[] { i % 7, i == 7000 ? 1.7e9 + 100 : 1.7e9, -i })];
        double[] weights = [.. Enumerable.Range(0, 20_000).Select(i => i == 7000 ? weight : 1)];
        using TrainingSet<MomentsModel, double> set = MomentsModel.CreateTrainingSet(rows, new int[20_000], weights);

        Assert.True(((IMeanLoss)set).Moments.Deviations[1] > 0);
    }

    [Fact]
    public void A_row_of_next_to_no_weight_does_not_hide_that_classes_are_separated()
    {
        TrainingResult<Double2x1> result = Train<Double2x1>([-2, -1, 1, 2], [0, 0, 1, 1], [1e-12, 1, 1, 1], _exact);

        Assert.Equal(StopReason.Separable, result.StopReason);
    }

    [Theory]
    [InlineData(Solver.Auto, 1e-6)]
    [InlineData(Solver.Lbfgs, 1e-3)]
    [InlineData(Solver.GradientDescent, 1e-2)]
    [InlineData(Solver.Adam, 1e-2)]
    public void Many_separable_rows_are_separable_at_any_tolerance(Solver solver, double tolerance)
    {
        double[] rows = [.. Enumerable.Range(0, 1000).Select(i => (i % 2 * 2) - 1 + (0.5 * Math.Sin(i)))];
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 2)];

        TrainingResult<Double2x1> result = Double2x1.Train(rows, labels, _exact with { Solver = solver, Tolerance = tolerance });

        Assert.Equal(StopReason.Separable, result.StopReason);
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Many_separable_rows_of_many_features_are_separable()
    {
        // A hundred megabytes, as large as people's data are.
        (double[] rows, int[] labels) = Separable(10, 64, 200_000);
        using TrainingSet<Double10x64, double> set = Double10x64.CreateTrainingSet(rows, labels);

        Assert.Equal(StopReason.Separable, SoftmaxTrainer.Train(set, _exact).StopReason);

        // The default penalty gives even such rows an optimum.
        Assert.Equal(StopReason.Converged, SoftmaxTrainer.Train(set).StopReason);
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Lbfgs)]
    public void Separable_rows_of_two_hundred_features_are_separable_at_a_large_tolerance(Solver solver)
    {
        (double[] rows, int[] labels) = Separable(2, 200, 20_000);

        TrainingResult<Double2x200> result = Double2x200.Train(rows, labels, _exact with { Solver = solver, Tolerance = 1e-4 });

        Assert.Equal(StopReason.Separable, result.StopReason);
    }

    [Theory]
    [InlineData(Solver.Auto, 1e9)]
    [InlineData(Solver.Lbfgs, 1e9)]
    [InlineData(Solver.Auto, 1e6)]
    [InlineData(Solver.Lbfgs, 1e6)]
    [InlineData(Solver.Auto, 1e12)]
    public void One_far_row_does_not_hide_the_slope_of_the_others(Solver solver, double far)
    {
        // Ten rows, whose fit is slope 1.1614 and loss 0.47507 with the far row on its side (long double). Where digits end, that is said.
        double[] rows = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, -0.25, far];
        int[] labels = [0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1];

        TrainingResult<Double2x1> result = Double2x1.Train(rows, labels, _exact with { Solver = solver });

        if (far <= 1e9)
        {
            Assert.Equal(StopReason.Converged, result.StopReason);
        }

        if (result.Converged)
        {
            Assert.Equal(1.1614, result.Model.Weights[3] - result.Model.Weights[1], 1e-4);
            Assert.Equal(0.47507, result.Loss, 1e-5);
        }
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.GradientDescent)]
    public void A_year_its_square_and_its_cube_are_told_apart_or_not_said_to_be(Solver solver)
    {
        var random = new Random(3);
        double[] years = [.. Enumerable.Range(0, 60).Select(i => 1.0 + (i * 0.1))];
        double[] rows = [.. years.SelectMany(t => new[] { t, t * t, t * t * t })];
        int[] labels = [.. years.Select(t => random.NextDouble() < 1 / (1 + Math.Exp(-2 * Math.Sin(1.6 * t))) ? 1 : 0)];
        var oracle = new PreciseSoftmax(2, rows, labels, [.. labels.Select(_ => 1.0)], null, 0, true, new bool[3]);

        TrainingResult<Double2x3> result = Double2x3.Train(rows, labels, _exact with { Solver = solver });

        // Steepest descent does not get there.
        Assert.Equal(solver == Solver.GradientDescent ? StopReason.MaxIterations : StopReason.Converged, result.StopReason);
        Assert.Equal(oracle.Minimum(), result.Objective, result.Converged ? 1e-8 : 0.5);
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.Newton)]
    public void Saturated_initial_weights_do_not_hold_a_training(Solver solver)
    {
        // Zero weights have 1.0986; the optimum is 0.76807.
        var options = _exact with { Solver = solver, InitialWeights = new double[] { 0, 0, 0, -1e4, 0, 1e4 } };

        TrainingResult<Double3x1> result = Double3x1.Train([0, 1, 2, 3, 4, 5], [0, 1, 0, 2, 1, 2], options);
        TrainingResult<Double3x1> first = Double3x1.Train([0, 1, 2, 3, 4, 5], [0, 1, 0, 2, 1, 2], options with { MaxIterations = 1 });

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(0.76807, result.Loss, 1e-5);
        Assert.True(first.Loss <= Math.Log(3));
    }

    [Theory]
    [InlineData(1e-165)]
    [InlineData(1e-290)]
    [InlineData(1e160)]
    [InlineData(1e299)]
    public void Features_of_any_size_have_the_weights_of_their_unit(double unit)
    {
        // Without a penalty the loss is 0.58687 (long double), whatever the unit.
        TrainingResult<Double2x1> result = Double2x1.Train([-1 * unit, 0, 1 * unit, 2 * unit], [0, 1, 0, 1]);
        TrainingResult<Double2x1> usual = Double2x1.Train([-1, 0, 1, 2], [0, 1, 0, 1]);

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(usual.Objective, result.Objective, 1e-12);
        Assert.Equal(usual.Model.Weights[3], result.Model.Weights[3] * unit, 1e-6);
        TrainingResult<Double2x1> free = Double2x1.Train([-1 * unit, 0, 1 * unit, 2 * unit], [0, 1, 0, 1], _exact with { Solver = Solver.Newton });
        Assert.Equal(StopReason.Converged, free.StopReason);
        Assert.Equal(0.58687, free.Loss, 1e-5);
    }

    [Theory]
    [InlineData(1e-310, "small")]
    [InlineData(1e305, "large")]
    public void Features_whose_weights_no_number_holds_are_refused_by_name(double unit, string reason)
    {
        var exception = Assert.Throws<ArgumentException>(() => Double2x1.Train([-1 * unit, 0, 1 * unit, 2 * unit], [0, 1, 0, 1]));

        Assert.Contains("Feature x1 is too " + reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    public void Times_that_are_not_standardised_converge(Solver solver)
    {
        var random = new Random(8);
        double[] rows = [.. Enumerable.Range(0, 200).Select(_ => 1_700_000_000.0 + random.Next(600))];
        int[] labels = [.. rows.Select(x => random.NextDouble() < 1 / (1 + Math.Exp((1_700_000_300 - x) / 100)) ? 1 : 0)];
        var oracle = new PreciseSoftmax(2, rows, labels, [.. labels.Select(_ => 1.0)], null, 1.0 / 200, false, new bool[1]);

        TrainingResult<Double2x1> result = Double2x1.Train(rows, labels, new TrainingOptions { Solver = solver, Standardize = false });

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(oracle.Minimum(), result.Objective, 1e-9);
    }

    [Fact]
    public void Offsets_that_are_right_do_not_make_classes_separable()
    {
        // Every row is won by its offset; the feature alone tells nothing apart.
        double[] offsets = [20, 0, 20, 0, 0, 20, 0, 20];
        using var set = new TrainingSet<Double2x1, double>(new() { Rows = [1, 2, 1, 2], Labels = [0, 0, 1, 1], Offsets = offsets });

        TrainingResult<Double2x1> result = SoftmaxTrainer.Train(set, _exact);

        Assert.NotEqual(StopReason.Separable, result.StopReason);
        Assert.True(result.Loss < 1e-8);
    }

    [Theory]
    [InlineData(Solver.Auto)]
    [InlineData(Solver.Newton)]
    [InlineData(Solver.Lbfgs)]
    [InlineData(Solver.GradientDescent)]
    public void Calendar_years_their_squares_and_cubes_end_truthfully(Solver solver)
    {
        var random = new Random(4);
        double[] years = [.. Enumerable.Range(0, 120).Select(i => 1900.0 + i)];
        double[] rows = [.. years.SelectMany(t => new[] { t, t * t, t * t * t })];
        int[] labels = [.. years.Select(t => random.NextDouble() < 1 / (1 + Math.Exp((t - 1960) / -15)) ? 1 : 0)];
        double least = new PreciseSoftmax(2, rows, labels, [.. labels.Select(_ => 1.0)], null, 0, true, new bool[3]).Minimum();

        TrainingResult<Double2x3> result = Double2x3.Train(rows, labels, _exact with { Solver = solver });

        // The three are the same to twelve digits, centred. What is not found must not be said to be.
        Assert.Equal(least, result.Objective, result.Converged ? 1e-6 * least : 1e-2);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e9)]
    [InlineData(1e12)]
    public void A_switch_that_few_rows_have_on_and_one_far_row_are_not_separable(double far)
    {
        // Off, one row in four is of class 1; on, two in three; and the far row is on their side. There is an optimum.
        double[] rows = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, far];
        int[] labels = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1];
        var oracle = new PreciseSoftmax(2, rows, labels, [.. labels.Select(_ => 1.0)], null, 0, true, new bool[1]);
        Assert.False(oracle.HasRecession());

        TrainingResult<Double2x1> result = Double2x1.Train(rows, labels, _exact);

        Assert.NotEqual(StopReason.Separable, result.StopReason);
        Assert.Equal(oracle.Minimum(), result.Objective, result.Converged ? 1e-8 : 1e-2);
    }

    [Theory]
    [InlineData(1e165, Solver.Auto)]
    [InlineData(1e165, Solver.Newton)]
    [InlineData(1e165, Solver.GradientDescent)]
    [InlineData(1e300, Solver.Lbfgs)]
    public void Initial_weights_of_another_unit_do_not_hold_a_training(double unit, Solver solver)
    {
        // The penalty on such weights is beyond all numbers.
        double[] rows = [-1 * unit, 0, 1 * unit, 2 * unit];
        var options = new TrainingOptions { Solver = solver, InitialWeights = new double[] { 0, 1, 0, -1 } };

        TrainingResult<Double2x1> result = Double2x1.Train(rows, [0, 1, 0, 1], options);

        Assert.Equal(StopReason.Converged, result.StopReason);
        Assert.Equal(Double2x1.Train(rows, [0, 1, 0, 1]).Objective, result.Objective, 1e-6);
    }

    [Fact]
    public void A_light_row_that_overlaps_is_seen_in_single_precision_too()
    {
        // In single precision the loss of the heavy rows is rounded to less than the light row's.
        float[] rows = [.. new[] { 0.25f, 0.5f, 0.75f, 3.25f, 3.5f, 3.75f, 3.6f }.SelectMany(x => new[] { x, 0, 0 })];
        float[] weights = [1000, 1000, 1000, 1000, 1000, 1000, 1e-8f];
        using TrainingSet<MomentsModelSingle, float> set = MomentsModelSingle.CreateTrainingSet(rows, [0, 0, 0, 1, 1, 1, 0], weights);

        foreach (Solver solver in new[] { Solver.Auto, Solver.Newton, Solver.Lbfgs })
        {
            Assert.NotEqual(StopReason.Separable, SoftmaxTrainer.Train(set, _exact with { Solver = solver }).StopReason);
        }
    }

    private static (double[] Rows, int[] Labels) Separable(int classes, int features, int count)
    {
        var random = new Random(5);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classes)];
        double[] rows = new double[count * features];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextDouble() + (i % features == labels[i / features] ? 1.5 : 0);
        }

        return (rows, labels);
    }

    private static TrainingResult<TModel> Train<TModel>(double[] rows, int[] labels, double[] rowWeights, TrainingOptions options)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels, rowWeights);
        return SoftmaxTrainer.Train(set, options);
    }
}
