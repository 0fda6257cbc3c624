using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Tests.Training;

/// <summary>The factor of the rows keeps what sums of their products lose, and knows which features depend on others.</summary>
public sealed class RowFactorTests
{
    private const int Rows = 24;

    [Theory]
    [InlineData(1e-4, true)]
    [InlineData(1e-6, true)]
    [InlineData(1e-8, true)]
    [InlineData(1e-10, false)]
    [InlineData(1e-11, false)]
    public void A_training_finds_what_a_feature_gives_that_nearly_depends_on_another_or_says_that_it_did_not(double difference, bool finds)
    {
        (double[] rows, int[] labels) = Draw(x => x, difference);
        var oracle = new PreciseSoftmax(
            2, rows, labels, [.. labels.Select(_ => 1.0)], offsets: null, l2: 0, standardize: true, constant: new bool[2]);

        TrainingResult<Double2x2> result = Double2x2.Train(rows, labels, new TrainingOptions { L2 = 0, Solver = Solver.Newton });

        double least = oracle.Minimum();
        double actual = oracle.ObjectiveOf(result.Model.Weights);
        Assert.False(oracle.HasRecession());
        Assert.Equal(finds, result.Converged);
        Assert.InRange(actual, least, finds ? (1 + 1e-6) * least : double.MaxValue);
    }

    [Fact]
    public void A_feature_that_depends_on_another_but_for_rounding_has_no_weight()
    {
        // Degrees Celsius and Fahrenheit: what the latter has of its own is the rounding of its last digit.
        (double[] rows, int[] labels) = Draw(x => (1.8 * x) + 32, difference: 0);
        using TrainingSet<Double2x2, double> set = Double2x2.CreateTrainingSet(rows, labels);
        var objective = new Objective(set, l2: 0, standardize: true, maxThreads: 1);
        var line = new ObjectiveLine(objective, new double[objective.ParameterCount]);
        double[] alone = [.. labels.Select((_, i) => rows[2 * i])];

        new NewtonDirection(objective).SetByRows(line);
        TrainingResult<Double2x2> both = Double2x2.Train(rows, labels, new TrainingOptions { L2 = 0 });
        TrainingResult<Double2x1> one = Double2x1.Train(alone, labels, new TrainingOptions { L2 = 0 });

        Assert.Equal(0, line.Direction[2]);
        Assert.Equal(0, line.Direction[5]);
        Assert.Equal(StopReason.Converged, both.StopReason);
        Assert.Equal(one.Objective, both.Objective, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Classes_apart_leave_a_factor_that_tells_nothing(bool apart)
    {
        double[] rows = [.. Enumerable.Range(0, Rows).Select(i => apart ? i : Math.Sin(i))];
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => i < Rows / 2 ? 0 : 1)];
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(rows, labels);
        var objective = new Objective(set, l2: 0, standardize: true, maxThreads: 1);
        double[] point = [0, -1000, 0, 1000];
        var direction = new NewtonDirection(objective);

        direction.SetByRows(new ObjectiveLine(objective, apart ? point : new double[4]));

        Assert.Equal(!apart, direction.IsExact);
    }

    [Fact]
    public void Too_many_rows_or_weights_do_not_fit()
    {
        SampleData data = SampleData.Load("digits");
        using TrainingSet<Double10x64, double> large = Double10x64.CreateTrainingSet(data.Rows, data.Labels);
        SampleData iris = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> small = Double3x4.CreateTrainingSet(iris.Rows, iris.Labels);

        Assert.False(RowFactor.Fit(new Objective(large, l2: 0, standardize: true, maxThreads: 1)));
        Assert.True(RowFactor.Fit(new Objective(small, l2: 0, standardize: true, maxThreads: 1)));
    }

    // Two features, of which the second is a function of the first and differs by so much; labels know of both.
    private static (double[] Rows, int[] Labels) Draw(Func<double, double> function, double difference)
    {
        var random = new Random(5);
        double[] rows = new double[2 * Rows];
        int[] labels = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double own = random.NextDouble() - 0.5;
            rows[2 * i] = random.Next(-64, 65) / 8.0;
            rows[(2 * i) + 1] = function(rows[2 * i]) + (difference * own);
            labels[i] = (rows[2 * i] / 8) + (2 * own) + random.NextDouble() > 0.5 ? 1 : 0;
        }

        return (rows, labels);
    }
}
