using SoftmaxGen.Online;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Online;

public sealed class RowLossTests
{
    [Fact]
    public void The_residual_of_a_row_well_predicted_keeps_its_digits()
    {
        var loss = new RowLoss(3);
        loss.Score([0, 40, 0, 0, 0, -1], [1, 1]);

        // exp(-40) + exp(-41), to the digits of the first.
        double others = Math.Exp(-40) + Math.Exp(-41);
        Assert.InRange(loss.Evaluate(0), 0, 2 * others);
        AssertClose.Equal(-others, loss.Residuals[0], 1e-14 * others, "the residual of the label");
        AssertClose.Equal(Math.Exp(-40), loss.Residuals[1], 1e-14 * others, "the residual of another class");
        Assert.Equal(1, loss.Probabilities[0]);
        Assert.Equal(40, loss.Evaluate(1), 1e-12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    public void A_score_that_overflows_makes_no_loss(double feature)
    {
        var loss = new RowLoss(2);
        loss.Score([0, 2, 0, -2], [1, feature]);
        Assert.False(double.IsFinite(loss.Evaluate(0)));
        Assert.False(double.IsFinite(loss.Evaluate(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_score_below_the_range_makes_no_loss_of_another_class(int below)
    {
        // Its probability would be 0, and its class would never be heard of again.
        double[] weights = new double[10];
        weights[(2 * below) + 1] = 2;
        var loss = new RowLoss(5);
        loss.Score(weights, [1, double.MinValue]);

        Assert.False(double.IsFinite(loss.Evaluate(1)));
    }
}
