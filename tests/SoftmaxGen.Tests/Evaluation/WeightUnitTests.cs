using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>Whole weights by chance, in units from the smallest to the largest: what is a share knows no unit, to the bit.</summary>
public sealed class WeightUnitTests
{
    [Fact]
    public void Shares_of_a_matrix_know_no_unit()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            int n = random.Next(1, 50);
            int[] actual = [.. Enumerable.Range(0, n).Select(_ => random.Next(3))];
            int[] predicted = [.. Enumerable.Range(0, n).Select(_ => random.Next(3))];
            double[] weights = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(1, 200))];

            // Every other sum is as large as one may be; and half of a weight must be a number still.
            int largest = 1023 - Math.ILogB(weights.Sum());
            int exponent = i % 2 == 0 ? largest : random.Next(-1073, largest);
            ConfusionMatrix one = Matrix(0);
            ConfusionMatrix other = Matrix(exponent);

            Assert.Equal((one.RowCount, one.Correct, one.Accuracy), (other.RowCount, other.Correct, other.Accuracy));
            Assert.Equal((one.Macro, one.Weighted), (other.Macro, other.Weighted));
            Assert.Equal(one.PerClass.Select(static metrics => metrics.F1), other.PerClass.Select(static metrics => metrics.F1));

            ConfusionMatrix Matrix(int unit) =>
                new(Double3x4.Shape, actual, predicted, [.. weights.Select(weight => Math.ScaleB(weight, unit))]);
        }
    }

    [Fact]
    public void Weights_whose_sum_overflows_are_refused()
    {
        double[] weights = [double.MaxValue, double.MaxValue];
        var model = Double3x4.FromWeights(new double[15]);

        Assert.Throws<ArgumentException>("rowWeights", () => new ConfusionMatrix(Double3x4.Shape, [0, 1], [0, 2], weights));
        Assert.Throws<ArgumentException>("rowWeights", () => model.Evaluate(new double[8], [0, 1], weights));
    }
}
