using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

public sealed class ObjectiveTests
{
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.3, false)]
    [InlineData(0.0, true)]
    [InlineData(0.3, true)]
    public void Gradient_matches_differences_of_the_value(double l2, bool standardize)
    {
        var objective = new Objective(new PlainMeanLoss(SampleData.Load("iris")), l2, standardize, maxThreads: 1);
        double[] point = Point(objective.ParameterCount);
        double[] gradient = new double[point.Length];
        objective.ValueAndGradient(point, gradient);

        double[] differences = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            const double H = 1e-5;
            double[] forward = [.. point];
            double[] backward = [.. point];
            forward[i] += H;
            backward[i] -= H;
            differences[i] = (objective.ValueAndGradient(forward, new double[point.Length])
                - objective.ValueAndGradient(backward, new double[point.Length])) / (2 * H);
        }

        AssertVector.Close(differences, gradient, 1e-8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Hessian_by_contrasts_is_that_of_moving_one_class(bool standardize)
    {
        // The loss depends on the contrasts alone: to move V_j is to move the contrast V_j - V_0.
        var objective = new Objective(new PlainMeanLoss(SampleData.Load("iris")), l2: 0, standardize, maxThreads: 1);
        double[] point = Point(objective.ParameterCount);
        const int Size = 10;
        double[] hessian = new double[Size * Size];
        objective.ContrastHessian(point, new double[objective.PackedHessianLength], hessian, Size);

        const double H = 1e-5;
        for (int column = 0; column < Size; column++)
        {
            double[] forward = Gradient(objective, point, column + 5, H);
            double[] backward = Gradient(objective, point, column + 5, -H);
            for (int row = 0; row <= column; row++)
            {
                Assert.Equal((forward[row + 5] - backward[row + 5]) / (2 * H), hessian[(row * Size) + column], 1e-8);
            }
        }
    }

    [Fact]
    public void Penalty_spares_the_bias()
    {
        var objective = new Objective(new PlainMeanLoss(SampleData.Load("iris")), 0.5, standardize: true, maxThreads: 1);
        double[] point = [100, 1, 2, 3, 4, -100, 5, 6, 7, 8, 50, 9, 10, 11, 12];

        Assert.Equal(0.25 * 650, objective.Penalty(point));
    }

    [Fact]
    public void Value_is_the_loss_of_the_weights_and_the_penalty_of_the_point()
    {
        var loss = new PlainMeanLoss(SampleData.Load("iris"));
        var objective = new Objective(loss, 0.3, standardize: true, maxThreads: 1);
        double[] point = Point(objective.ParameterCount);

        double value = objective.ValueAndGradient(point, new double[point.Length]);

        double lossOfWeights = loss.LossAndGradient(objective.ToWeights(point), new double[point.Length]);
        Assert.Equal(lossOfWeights + objective.Penalty(point), value, 1e-13);
    }

    [Fact]
    public void ToWeights_centres_the_biases_alone_when_slopes_are_penalised()
    {
        double[] point = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        var data = new PlainMeanLoss(SampleData.Load("iris"));

        double[] penalised = new Objective(data, 0.1, standardize: false, maxThreads: 1).ToWeights(point);
        double[] free = new Objective(data, 0, standardize: false, maxThreads: 1).ToWeights(point);

        AssertVector.Close(Centred(Raw(0.1), columns: 1), penalised, 1e-12);
        AssertVector.Close(Centred(Raw(0), columns: 5), free, 1e-12);

        double[] Raw(double l2)
        {
            double[] weights = new double[point.Length];
            Coordinates.Choose(data.Moments, 3, l2, standardize: false).ToWeights(point, weights);
            return weights;
        }
    }

    [Fact]
    public void Evaluations_are_counted_and_told_the_threads()
    {
        int calls = 0;
        int threads = 0;
        var loss = new SpoiledMeanLoss(new PlainMeanLoss(SampleData.Load("iris")), (inner, weights, gradient, maxThreads) =>
        {
            calls++;
            threads = maxThreads;
            return inner.LossAndGradient(weights, gradient);
        });
        var objective = new Objective(loss, 0.1, standardize: true, maxThreads: 3);
        double[] point = Point(objective.ParameterCount);

        objective.ValueAndGradient(point, new double[point.Length]);
        objective.ValueAndGradient(point, new double[point.Length]);

        Assert.Equal(2, calls);
        Assert.Equal(2, objective.Evaluations);
        Assert.Equal(3, threads);
    }

    [Fact]
    public void Noise_is_that_of_the_precision_of_the_model()
    {
        var loss = new PlainMeanLoss(SampleData.Load("iris"));
        var single = new SpoiledMeanLoss(loss, (inner, weights, gradient, _) => inner.LossAndGradient(weights, gradient))
        {
            Shape = loss.Shape with { Precision = SoftmaxPrecision.Single },
        };

        Assert.InRange(new Objective(loss, 0, standardize: true, maxThreads: 1).Noise(1), 1e-15, 1e-12);
        Assert.InRange(new Objective(single, 0, standardize: true, maxThreads: 1).Noise(1), 1e-6, 1e-4);
    }

    private static double[] Gradient(Objective objective, double[] point, int element, double step)
    {
        double[] moved = [.. point];
        moved[element] += step;
        double[] gradient = new double[point.Length];
        objective.ValueAndGradient(moved, gradient);
        return gradient;
    }

    private static double[] Centred(double[] weights, int columns) =>
        [.. weights.Select((w, i) => i % 5 < columns ? w - ((weights[i % 5] + weights[(i % 5) + 5] + weights[(i % 5) + 10]) / 3) : w)];

    private static double[] Point(int length) => [.. Enumerable.Range(1, length).Select(i => 0.3 * Math.Sin(2.1 * i))];
}
