using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>Models of an enum are evaluated with labels of that enum, and with rows of their own type: as with numbers.</summary>
public sealed class TypedEvaluationTests
{
    private static readonly FlowerSample _sample = FlowerSample.Of(31);

    [Fact]
    public void Labels_of_an_enum_count_like_their_numbers()
    {
        var model = SpeciesModel.FromWeights(_sample.Weights);

        AssertSame(model.Evaluate(_sample.Rows, _sample.Numbers), model.Evaluate(_sample.Rows, _sample.Labels));
    }

    [Fact]
    public void Labels_of_a_narrow_enum_from_below_zero_count_like_their_numbers()
    {
        var model = MoodModel.FromWeights([.. Enumerable.Range(0, MoodModel.ParameterCount).Select(i => Math.Sin(i))]);
        double[] rows = [.. Enumerable.Range(0, 3 * MoodModel.Features).Select(i => Math.Cos(i))];

        AssertSame(model.Evaluate(rows, [-3, -2, -1]), model.Evaluate(rows, [Mood.Bad, Mood.Fair, Mood.Good]));
    }

    [Fact]
    public void Rows_of_a_type_count_like_their_features()
    {
        Evaluation expected = FlowerModel.FromWeights(_sample.Weights).Evaluate(_sample.Rows, _sample.Numbers);
        var model = FlowerModel.FromWeights(_sample.Weights);

        AssertSame(expected, model.Evaluate(_sample.Flowers, _sample.Labels));
        AssertSame(expected, model.Evaluate(_sample.Flowers));
        AssertSame(expected, FlowerClassModel.FromWeights(_sample.Weights).Evaluate(_sample.Objects));
    }

    [Fact]
    public void A_label_beside_a_row_takes_the_place_of_its_own()
    {
        var model = FlowerModel.FromWeights(_sample.Weights);
        Species[] predicted = _sample.Expected();

        Assert.Equal(1, model.Evaluate(_sample.Flowers, predicted).Accuracy);
        Assert.NotEqual(1, model.Evaluate(_sample.Flowers).Accuracy);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_named()
    {
        var model = FlowerClassModel.FromWeights(_sample.Weights);
        FlowerClass[] rows = [.. _sample.Objects];
        rows[7] = null!;

        Assert.Contains("Row 7 is null", Assert.Throws<ArgumentNullException>("rows", () => model.Evaluate(rows)).Message, StringComparison.Ordinal);
        rows[7] = new FlowerClass { Species = (Species)3 };
        Assert.Contains("label of row 7 is 3", Assert.Throws<ArgumentException>("rows", () => model.Evaluate(rows)).Message, StringComparison.Ordinal);
        rows[7] = new FlowerClass { PetalLength = double.NaN };
        Assert.Contains("row 7 is NaN", Assert.Throws<ArgumentException>("rows", () => model.Evaluate(rows)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("labels", () => model.Evaluate(_sample.Objects, _sample.Labels.AsSpan(1)));
        Assert.Throws<ArgumentException>("rows", () => model.Evaluate([]));
    }

    private static void AssertSame(Evaluation expected, Evaluation actual)
    {
        Assert.Equal(expected.LogLoss, actual.LogLoss);
        Assert.Equal(expected.Brier, actual.Brier);
        Assert.Equal(expected.ToString(), actual.ToString());
    }
}
