namespace SoftmaxGen.Tests.Prediction;

/// <summary>Of several rows whose scores overflow alike, the message names the first.</summary>
public sealed class SeveralOverflowsTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(9, 31)]
    [InlineData(40, 44)]
    public void A_batch_names_the_first_of_them(int first, int second)
    {
        double[] weights = new double[15];
        weights[6] = 1e200;
        var model = Double3x4.FromWeights(weights);
        double[] rows = new double[45 * 4];
        (rows[first * 4], rows[second * 4]) = (1e200, 1e200);

        ArgumentException labels = Assert.Throws<ArgumentException>("rows", () => model.PredictBatch(rows, new int[45]));
        ArgumentException probabilities = Assert.Throws<ArgumentException>("rows", () => model.PredictProbabilitiesBatch(rows, new double[45 * 3]));

        Assert.Contains($"row {first} overflows", labels.Message, StringComparison.Ordinal);
        Assert.Contains($"row {first} overflows", probabilities.Message, StringComparison.Ordinal);
    }
}
