using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>The plain loss is itself checked against the reference, since other tests lean on it.</summary>
public sealed class PlainMeanLossTests
{
    [Fact]
    public void Loss_and_gradient_match_the_reference_points()
    {
        Assert.NotEmpty(ReferenceOptima.AllPoints);
        foreach (ReferencePoint point in ReferenceOptima.AllPoints)
        {
            var loss = new PlainMeanLoss(SampleData.Load(point.Data, point.Preparation));
            double[] gradient = new double[loss.Shape.ParameterCount];

            double value = loss.LossAndGradient(point.Weights, gradient);

            Assert.Equal(point.Loss, value, 1e-12 * Math.Max(1, point.Loss));
            AssertVector.Close(point.Gradient, gradient, 1e-12);
        }
    }
}
