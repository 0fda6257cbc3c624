using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Typed;

/// <summary>Features that are not finite: refused by name, or let through where the model says so.</summary>
public class MissingValueTests
{
    private readonly FlowerSample _sample = FlowerSample.Of(300);

    public static TheoryData<double, string> NotFinite => new()
    {
        { double.NaN, "NaN" },
        { double.PositiveInfinity, "Infinity" },
        { double.NegativeInfinity, "-Infinity" },
    };

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_is_refused_by_name(double value, string text)
    {
        var model = FlowerModel.FromWeights(_sample.Weights);
        Flower flower = _sample.Flowers[0] with { PetalLength = value };
        ArgumentException[] exceptions =
        [
            Assert.Throws<ArgumentException>("features", () => model.Predict(flower)),
            Assert.Throws<ArgumentException>("features", () => model.PredictScores(flower, new double[3])),
            Assert.Throws<ArgumentException>("features", () => model.PredictProbabilities(flower, new double[3])),
            Assert.Throws<ArgumentException>("features", () => model.Predict([0, 0, value, 0])),
        ];

        Assert.All(exceptions, exception => Assert.Contains($"Feature 2 (PetalLength) of row 0 is {text};", exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_in_a_batch_is_refused_with_its_row(double value, string text)
    {
        var model = FlowerModel.FromWeights(_sample.Weights);
        _sample.Flowers[290] = _sample.Flowers[290] with { SepalWidth = value };
        ArgumentException[] exceptions =
        [
            Assert.Throws<ArgumentException>("rows", () => model.PredictBatch(_sample.Flowers, new Species[300])),
            Assert.Throws<ArgumentException>("rows", () => model.PredictProbabilitiesBatch(_sample.Flowers, new double[900])),
            Assert.Throws<ArgumentException>("rows", () => FlowerModel.Train(_sample.Flowers)),
            Assert.Throws<ArgumentException>("rows", () => PropagatingFlowerModel.Train(_sample.Flowers)),
        ];

        Assert.All(exceptions, exception => Assert.Contains($"Feature 1 (SepalWidth) of row 290 is {text};", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_the_attribute_are_used_too()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("features", () => NamedModel.FromWeights(new double[6]).Predict([0, double.NaN]));

        Assert.Contains("Feature 1 (height) of row 0 is NaN;", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["no", "yes"], NamedModel.Shape.ClassNames);
        Assert.Equal(["width", "height"], NamedModel.Shape.FeatureNames);
    }

    [Fact]
    public void A_double_beyond_single_precision_is_refused()
    {
        var model = SingleFlowerModel.FromWeights(new float[15]);

        ArgumentException exception = Assert.Throws<ArgumentException>("features", () => model.Predict(_sample.Flowers[0] with { SepalLength = 1e300 }));

        Assert.Contains("Feature 0 (SepalLength) of row 0 is Infinity;", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Propagated_a_nan_makes_everything_nan_and_the_label_that_of_the_first_class()
    {
        // The other classes would win.
        double[] weights = [-9, 1, 1, 1, 1, 0, 1, 2, 3, 4, 9, 4, 3, 2, 1];
        var model = PropagatingFlowerModel.FromWeights(weights);
        Assert.Equal(Species.Virginica, model.Predict(default(Flower)));
        double[] values = new double[3];
        foreach (int feature in (int[])[0, 1, 2, 3])
        {
            double[] features = new double[4];
            features[feature] = double.NaN;
            Flower flower = new(features[0], features[1], features[2], features[3], default);

            Assert.Equal(Species.Setosa, model.Predict(flower));
            Assert.Equal(Species.Setosa, model.Predict(features));
            model.PredictScores(flower, values);
            Assert.All(values, static value => Assert.True(double.IsNaN(value)));
            model.PredictProbabilities(flower, values);
            Assert.All(values, static value => Assert.True(double.IsNaN(value)));
        }

        var grades = PropagatingGradeModel.FromWeights([0, 1, 1, 5, 1, 1, 9, 1, 1]);
        Assert.Equal(Grade.Distinction, grades.Predict([0, 0]));
        Assert.Equal(Grade.Pass, grades.Predict([0, double.NaN]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(300)]
    public void Propagated_a_nan_stays_in_its_row(int count)
    {
        var model = PropagatingFlowerModel.FromWeights(_sample.Weights);
        Species[] expected = _sample.Expected();
        Span<Flower> flowers = _sample.Flowers.AsSpan(0, count);
        for (int row = 0; row < count; row += 7)
        {
            flowers[row] = flowers[row] with { PetalWidth = double.NaN };
            expected[row] = Species.Setosa;
        }

        var labels = new Species[count];
        double[] probabilities = new double[3 * count];
        model.PredictBatch(flowers, labels);
        model.PredictProbabilitiesBatch(flowers, probabilities);

        Assert.Equal(expected.Take(count), labels);
        for (int row = 0; row < count; row++)
        {
            Assert.Equal(row % 7 == 0, double.IsNaN(probabilities[(row * 3) + 1]));
            Assert.True(row % 7 == 0 || Math.Abs(probabilities[(row * 3)..((row * 3) + 3)].Sum() - 1) < 1e-14);
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Propagated_an_infinity_is_not_refused(double value)
    {
        var model = PropagatingFlowerModel.FromWeights(_sample.Weights);
        double[] probabilities = new double[3];
        Flower flower = _sample.Flowers[0] with { SepalLength = value };

        Assert.InRange(model.Predict(flower), Species.Setosa, Species.Virginica);
        model.PredictProbabilities(flower, probabilities);
        model.PredictBatch([flower], new Species[1]);
    }
}
