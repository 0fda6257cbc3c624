using SoftmaxGen.Data;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

public sealed class CoordinatesTests
{
    private static readonly ColumnMoments _moments = new([3, -1, 1e3], [2, 0.5, 40]);
    private static readonly double[] _point = [1, 2, -3, 4, -5, 6, 7, -8];
    private static readonly double[] _gradient = [0.3, -0.2, 0.1, 7, -0.3, 0.4, 0.2, -9];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scores_of_centred_features_are_those_of_the_weights(bool standardize)
    {
        var coordinates = Coordinates.Choose(_moments, 2, 0.1, standardize);
        double[] weights = new double[8];
        coordinates.ToWeights(_point, weights);

        // At the means the centred features are 0, and the score is the coordinate of the bias.
        Assert.Equal(_point[0], weights[0] + (3 * weights[1]) - weights[2] + (1e3 * weights[3]), 1e-10);
        Assert.Equal(_point[4], weights[4] + (3 * weights[5]) - weights[6] + (1e3 * weights[7]), 1e-10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_transform_by_the_transposed_map(bool standardize)
    {
        var coordinates = Coordinates.Choose(_moments, 2, 0.1, standardize);
        double[] weights = new double[8];
        double[] gradient = [.. _gradient];
        coordinates.ToWeights(_point, weights);
        coordinates.ToGradient(gradient);

        Assert.Equal(Dot(_gradient, weights), Dot(gradient, _point), 1e-9);
    }

    [Fact]
    public void Standardizing_penalises_the_weights_of_standardised_features()
    {
        var coordinates = Coordinates.Choose(_moments, 2, 0.1, standardize: true);
        double[] weights = new double[8];
        coordinates.ToWeights(_point, weights);

        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(_moments.Deviations[k] * weights[k + 1], coordinates.PenaltyFactor(k) * _point[k + 1], 1e-12);
        }
    }

    [Fact]
    public void Otherwise_the_raw_weights_are_penalised_and_the_gradient_is_measured_by_them()
    {
        var coordinates = Coordinates.Choose(_moments, 2, 0.1, standardize: false);
        double[] weights = new double[8];
        double[] gradient = [.. _gradient];
        coordinates.ToWeights(_point, weights);
        coordinates.ToGradient(gradient);

        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(weights[k + 1], coordinates.PenaltyFactor(k) * _point[k + 1], 1e-12);
        }

        Assert.Equal(9, coordinates.GradientNorm(gradient), 1e-9);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.Epsilon)]
    public void A_feature_without_a_deviation_keeps_weight_0(double deviation)
    {
        var coordinates = Coordinates.Choose(new ColumnMoments([5], [deviation]), 2, 0, standardize: true);
        double[] weights = [1, 2, 3, 4];
        coordinates.ToWeights(weights, weights);

        Assert.Equal([1, 0, 3, 0], weights);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_not_hidden()
    {
        var coordinates = Coordinates.Choose(_moments, 2, 0.1, standardize: true);

        Assert.Equal(double.NaN, coordinates.GradientNorm([0, 1, double.NaN, 0, 0, 2, 0, 0]));
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();
}
