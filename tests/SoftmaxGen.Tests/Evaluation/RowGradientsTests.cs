using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class RowGradientsTests
{
    [Fact]
    public void Gradients_of_rows_that_do_not_add_up_are_noticed()
    {
        Sample sample = Sample.Of(Double4x8FromMinus5.Shape, 9000);
        double[] rowWeights = sample.RowWeights();
        using TrainingSet<Double4x8FromMinus5, double> set = Double4x8FromMinus5.CreateTrainingSet(sample.Rows, sample.Labels, rowWeights);
        double[] mean = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights).Gradient[9..];

        double[] scatter = RowGradients.MeanOuterProduct(set, sample.Weights, mean, rowWeights.Sum(), out double bias);
        mean[13] += 0.01;
        RowGradients.MeanOuterProduct(set, sample.Weights, mean, rowWeights.Sum(), out double shifted);

        Assert.InRange(bias, 0, 1e-12);
        AssertClose.Equal(0.01 / Math.Sqrt(scatter[(13 * 27) + 13] + 1e-4), shifted, 1e-9, "the difference in deviations");
    }
}
