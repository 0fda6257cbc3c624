using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>Bad arguments of predictions: an exception that names the argument and, in batches, the row; in ASCII digits whatever the culture.</summary>
public sealed class PredictionArgumentTests : IDisposable
{
    private const int Classes = 3;
    private const int Features = 4;
    private const int RowCount = 21;

    private readonly CultureScope _culture = CultureScope.Hostile();
    private readonly Double3x4 _model = Double3x4.FromWeights(Sample.Of(Double3x4.Shape, 1).Weights);
    private readonly double[] _row = new double[Features];
    private readonly double[] _rows = new double[RowCount * Features];
    private readonly double[] _perClass = new double[Classes];

    public static TheoryData<double, string> NotFinite => new()
    {
        { double.NaN, "NaN" },
        { double.PositiveInfinity, "Infinity" },
        { double.NegativeInfinity, "-Infinity" },
    };

    public void Dispose() => _culture.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(Features - 1)]
    [InlineData(Features + 1)]
    public void A_row_must_have_all_features_and_no_more(int length)
    {
        double[] features = new double[length];
        ArgumentException[] exceptions =
        [
            Assert.Throws<ArgumentException>("features", () => _model.Predict(features)),
            Assert.Throws<ArgumentException>("features", () => _model.PredictScores(features, _perClass)),
            Assert.Throws<ArgumentException>("features", () => _model.PredictProbabilities(features, _perClass)),
        ];

        Assert.All(exceptions, exception => Assert.Contains($"The length is {length}; it must be 4.", exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Classes - 1)]
    [InlineData(Classes + 1)]
    public void There_must_be_room_for_all_classes_and_no_more(int length)
    {
        double[] perClass = new double[length];

        Assert.Throws<ArgumentException>("scores", () => _model.PredictScores(_row, perClass));
        Assert.Throws<ArgumentException>("probabilities", () => _model.PredictProbabilities(_row, perClass));
    }

    [Theory]
    [InlineData((RowCount * Features) - 1, RowCount, "rows")]
    [InlineData((RowCount * Features) + 1, RowCount, "rows")]
    [InlineData(RowCount * Features, RowCount - 1, "labels")]
    [InlineData(RowCount * Features, RowCount + 1, "labels")]
    [InlineData(RowCount * Features, 0, "labels")]
    [InlineData(0, 1, "labels")]
    public void Lengths_of_a_batch_of_labels_are_checked(int rows, int labels, string argument) =>
        Assert.Throws<ArgumentException>(argument, () => _model.PredictBatch(new double[rows], new int[labels]));

    [Theory]
    [InlineData((RowCount * Features) - 1, RowCount * Classes, "rows")]
    [InlineData((RowCount * Features) + 1, RowCount * Classes, "rows")]
    [InlineData(RowCount * Features, (RowCount * Classes) - 1, "probabilities")]
    [InlineData(RowCount * Features, (RowCount * Classes) + 1, "probabilities")]
    [InlineData(RowCount * Features, 0, "probabilities")]
    [InlineData(0, 1, "probabilities")]
    public void Lengths_of_a_batch_of_probabilities_are_checked(int rows, int probabilities, string argument) =>
        Assert.Throws<ArgumentException>(argument, () => _model.PredictProbabilitiesBatch(new double[rows], new double[probabilities]));

    [Fact]
    public void A_batch_may_be_empty()
    {
        _model.PredictBatch([], []);
        _model.PredictProbabilitiesBatch([], []);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(16)]
    public void A_model_needs_all_weights_and_no_more(int length)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("weights", () => Double3x4.FromWeights(new double[length]));

        Assert.Contains($"The length is {length}; it must be 15.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_that_is_not_finite_is_named(double value, string text)
    {
        for (int k = 0; k < Features; k++)
        {
            _row[k] = value;
            ArgumentException[] exceptions =
            [
                Assert.Throws<ArgumentException>("features", () => _model.Predict(_row)),
                Assert.Throws<ArgumentException>("features", () => _model.PredictScores(_row, _perClass)),
                Assert.Throws<ArgumentException>("features", () => _model.PredictProbabilities(_row, _perClass)),
            ];
            _row[k] = 0;

            Assert.All(exceptions, exception => Assert.Contains($"Feature {k}", exception.Message, StringComparison.Ordinal));
            Assert.All(exceptions, exception => Assert.Contains($" is {text};", exception.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_that_is_not_finite_is_named_when_its_weights_are_zero(double value, string text)
    {
        var model = Double3x4.FromWeights(new double[15]);
        _row[2] = value;

        ArgumentException exception = Assert.Throws<ArgumentException>("features", () => model.Predict(_row));

        Assert.Contains($" is {text};", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_of_a_batch_that_is_not_finite_is_named_with_its_row(double value, string text)
    {
        for (int index = 0; index < _rows.Length; index++)
        {
            _rows[index] = value;
            ArgumentException labels = Assert.Throws<ArgumentException>("rows", () => _model.PredictBatch(_rows, new int[RowCount]));
            ArgumentException probabilities = Assert.Throws<ArgumentException>(
                "rows", () => _model.PredictProbabilitiesBatch(_rows, new double[RowCount * Classes]));
            _rows[index] = 0;

            string expected = $"Feature {index % Features} of row {index / Features} is {text};";
            Assert.Contains(expected, labels.Message, StringComparison.Ordinal);
            Assert.Contains(expected, probabilities.Message, StringComparison.Ordinal);
        }
    }
}
