namespace SoftmaxGen.Tests.Prediction;

/// <summary>Scores beyond the range of their type are refused, not answered with NaN.</summary>
public class OverflowTests
{
    private const double Huge = 1e200;

    [Fact]
    public void A_score_that_overflows_is_refused()
    {
        double[] weights = new double[15];
        weights[6] = Huge;
        var model = Double3x4.FromWeights(weights);
        foreach (double sign in (double[])[1, -1])
        {
            double[] row = [sign * Huge, 0, 0, 0];
            Action[] members =
            [
                () => model.Predict(row), () => model.Predict(row, out _), () => model.PredictScores(row, new double[3]),
                () => model.PredictProbabilities(row, new double[3]), () => model.PredictTop(row, new (int, double)[1]),
                () => model.PredictWithMargin(row, out _), () => model.Explain(row, new double[4]),
            ];

            Assert.All(
                members, member => Assert.Contains("row 0 overflows", Assert.Throws<ArgumentException>("features", member).Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_two_classes_too()
    {
        double[] weights = new double[10];
        weights[6] = Huge;
        var model = Double2x4.FromWeights(weights);
        double[] row = [Huge, 0, 0, 0];

        Assert.Throws<ArgumentException>("features", () => model.Predict(row));
        Assert.Throws<ArgumentException>("features", () => model.PredictScores(row, new double[2]));
        Assert.Throws<ArgumentException>("features", () => model.PredictProbabilities(row, new double[2]));
    }

    [Fact]
    public void Weights_at_both_ends_of_the_range_have_scores_all_the_same()
    {
        double[] weights = new double[10];
        weights[1] = -double.MaxValue;
        weights[6] = double.MaxValue;
        var model = Double2x4.FromWeights(weights);
        double[] probabilities = new double[2];

        Assert.Equal(0, model.Predict([0, 1, 2, 3]));
        Assert.Equal(1, model.Predict([0.5, 0, 0, 0]));
        model.PredictProbabilities([0.5, 0, 0, 0], probabilities);
        Assert.Equal([0, 1], probabilities);
    }

    // In a tile, in a block behind it, and among the rows that fill no block.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(44)]
    public void A_batch_names_the_row(int row)
    {
        double[] weights = new double[15];
        weights[6] = Huge;
        var model = Double3x4.FromWeights(weights);
        double[] rows = new double[45 * 4];
        rows[row * 4] = -Huge;

        ArgumentException labels = Assert.Throws<ArgumentException>("rows", () => model.PredictBatch(rows, new int[45]));
        ArgumentException probabilities = Assert.Throws<ArgumentException>("rows", () => model.PredictProbabilitiesBatch(rows, new double[45 * 3]));

        Assert.Contains($"row {row} overflows", labels.Message, StringComparison.Ordinal);
        Assert.Contains($"row {row} overflows", probabilities.Message, StringComparison.Ordinal);
    }
}
