using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Typed;

/// <summary>What predictions say beyond a label, of rows as they are and in values of the enum.</summary>
public class RowDecisionTests
{
    private readonly FlowerSample _sample = FlowerSample.Of(100);

    [Fact]
    public void Decisions_of_a_row_are_those_of_its_features()
    {
        var structs = FlowerModel.FromWeights(_sample.Weights);
        var classes = FlowerClassModel.FromWeights(_sample.Weights);
        double[][] scores = _sample.Scores();
        for (int i = 0; i < scores.Length; i++)
        {
            (double Score, Species Label)[] ranked =
                [.. scores[i].Select(static (score, k) => (score, (Species)k)).OrderByDescending(static pair => pair.score)];
            double sum = scores[i].Sum(score => Math.Exp(score - ranked[0].Score));

            Assert.Equal(ranked[0].Label, structs.Predict(_sample.Flowers[i], out double probability));
            Assert.Equal(ranked[0].Label, classes.Predict(_sample.Objects[i], out double sameProbability));
            Assert.Equal(1 / sum, probability, 1e-14);
            Assert.Equal(probability, sameProbability);

            Assert.True(structs.TryPredict(_sample.Flowers[i], probability, out Species label));
            Assert.Equal(ranked[0].Label, label);
            Assert.Equal(probability >= 0.999, structs.TryPredict(_sample.Flowers[i], 0.999, out _));

            Assert.Equal(ranked[0].Label, structs.PredictWithMargin(_sample.Flowers[i], out double margin));
            Assert.Equal(ranked[0].Score - ranked[1].Score, margin);

            var top = new (Species Label, double Probability)[3];
            structs.PredictTop(_sample.Flowers[i], top);
            Assert.Equal(ranked.Select(static pair => pair.Label), top.Select(static pair => pair.Label));
            Assert.Equal(1, top.Sum(static pair => pair.Probability), 1e-14);

            double[] contributions = new double[4];
            double[] expected = new double[4];
            Explanation<Species, double> ofRow = structs.Explain(_sample.Flowers[i], contributions);
            Explanation<Species, double> ofSpan = structs.Explain(_sample.Rows.AsSpan(i * 4, 4), expected);
            Assert.Equal(ofSpan, ofRow);
            Assert.Equal(expected, contributions);
        }
    }

    [Fact]
    public void A_score_that_overflows_in_a_batch_is_named_with_its_row()
    {
        FlowerSample sample = FlowerSample.Of(600);
        double[] weights = [.. sample.Weights];
        weights[6] = 1e10;
        var model = FlowerModel.FromWeights(weights);
        sample.Flowers[520] = sample.Flowers[520] with { SepalLength = 1e300 };
        ArgumentException[] exceptions =
        [
            Assert.Throws<ArgumentException>("rows", () => model.PredictBatch(sample.Flowers, new Species[600])),
            Assert.Throws<ArgumentException>("rows", () => model.PredictProbabilitiesBatch(sample.Flowers, new double[1800])),
        ];

        Assert.All(exceptions, static exception => Assert.Contains("A score of row 520 overflows", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_narrow_enum_ranks_like_a_wide_one()
    {
        double[] weights = new double[MoodModel.ParameterCount];
        (weights[0], weights[MoodModel.Features + 1], weights[2 * (MoodModel.Features + 1)]) = (1, 3, 2);
        var model = MoodModel.FromWeights(weights);
        var top = new (Mood Label, double Probability)[2];

        model.PredictTop(default(Readings), top);

        Assert.Equal([Mood.Fair, Mood.Good], top.Select(static pair => pair.Label));
        Assert.Equal(Mood.Fair, model.PredictWithMargin(default(Readings), out double margin));
        Assert.Equal(1, margin);
    }
}
