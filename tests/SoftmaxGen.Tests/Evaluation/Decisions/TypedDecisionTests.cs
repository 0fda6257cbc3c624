using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations.Decisions;

/// <summary>Decisions about rows and with labels of a program's own types: those about the same numbers.</summary>
public sealed class TypedDecisionTests
{
    private static readonly Random _random = new(11);
    private static readonly Part[] _parts = [.. Enumerable.Range(0, 200).Select(i => new Part { Width = Next(), Height = Next(), IsPolished = i % 3 == 0 })];
    private static readonly double[] _rows = [.. _parts.SelectMany(static part => new[] { part.Width, part.Height, part.IsPolished ? 1 : 0 })];
    private static readonly double[] _weights = [.. Enumerable.Range(0, 8).Select(_ => Next())];
    private static readonly PartModel _model = PartModel.FromWeights(_weights);

    public static TheoryData<double> Thresholds => [0, 0.1, 0.3, 0.5, 0.9, 1, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(Thresholds))]
    public void A_threshold_decides_as_the_textbook_does(double threshold)
    {
        // Rounding may move a probability by a unit of the last place: none of these rows is that near.
        double[] faulty = [.. _rows.Chunk(3).Select(row => Probability(row))];
        Verdict[] expected = [.. faulty.Select(p => p >= threshold ? Verdict.Faulty : Verdict.Good)];
        Verdict[] expectedOfGood = [.. faulty.Select(p => 1 - p >= threshold ? Verdict.Good : Verdict.Faulty)];
        Assert.All(faulty, p => Assert.True(threshold is 0 or >= 1 || Math.Min(Math.Abs(p - threshold), Math.Abs(1 - p - threshold)) > 1e-9));

        Assert.Equal(expected, _parts.Select(part => _model.PredictWith(part, threshold)));
        Assert.Equal(expectedOfGood, _parts.Select(part => _model.PredictWith(part, threshold, Verdict.Good)));
        Assert.Equal(expected, _rows.Chunk(3).Select(row => _model.PredictWith(row, threshold)));
        Assert.Equal(expectedOfGood, _rows.Chunk(3).Select(row => _model.PredictWith(row, threshold, positiveLabel: Verdict.Good)));

        Verdict[] batch = new Verdict[200];
        _model.PredictBatchWith(_parts, threshold, batch);
        Assert.Equal(expected, batch);
        _model.PredictBatchWith(_parts, threshold, batch, Verdict.Good);
        Assert.Equal(expectedOfGood, batch);
        _model.PredictBatchWith(_rows, threshold, batch);
        Assert.Equal(expected, batch);
        _model.PredictBatchWith(_rows, threshold, batch, Verdict.Good);
        Assert.Equal(expectedOfGood, batch);
    }

    [Fact]
    public void Decisions_are_those_of_the_numbers()
    {
        int[] numbers = new int[200];
        foreach (double threshold in Enumerable.Range(0, 50).Select(_ => _random.NextDouble()))
        {
            _model.PredictBatchWith(_rows, threshold, numbers);
            Assert.Equal(numbers, _parts.Select(part => (int)_model.PredictWith(part, threshold)));
        }

        SinglePartModel single = SinglePartModel.FromWeights(Array.ConvertAll(_weights, static weight => (float)weight));
        single.PredictBatchWith(Array.ConvertAll(_rows, static x => (float)x), 0.3, numbers);
        Assert.Equal(numbers, _parts.Select(part => (int)single.PredictWith(part, 0.3)));

        SignModel sign = SignModel.FromWeights(_weights);
        sign.PredictBatchWith(_rows, 0.3, numbers);
        Assert.Equal(_parts.Select(part => _model.PredictWith(part, 0.3) == Verdict.Faulty ? -1 : 1), numbers);
    }

    [Fact]
    public void Costs_decide_whatever_integer_an_enum_is_stored_as()
    {
        FlowerSample sample = FlowerSample.Of(100);
        FlowerModel flowers = FlowerModel.FromWeights(sample.Weights);
        FlowerClassModel objects = FlowerClassModel.FromWeights(sample.Weights);
        GradeModel grades = GradeModel.FromWeights([.. Enumerable.Range(0, GradeModel.ParameterCount).Select(_ => Next())]);
        MoodModel moods = MoodModel.FromWeights([.. Enumerable.Range(0, MoodModel.ParameterCount).Select(_ => Next())]);
        double[] features = [.. Enumerable.Range(0, Math.Max(GradeModel.Features, MoodModel.Features)).Select(_ => Next())];
        for (int round = 0; round < 50; round++)
        {
            var costs = new CostMatrix(3, [.. Enumerable.Range(0, 9).Select(_ => _random.NextDouble())]);
            int[] numbers = new int[100];
            Species[] species = new Species[100];
            flowers.PredictBatchWith(sample.Rows, costs, numbers);
            Assert.Equal(numbers, sample.Flowers.Select(flower => (int)flowers.PredictWith(flower, costs)));
            Assert.Equal(numbers, sample.Rows.Chunk(4).Select(row => (int)flowers.PredictWith(row, costs)));
            Assert.Equal(numbers, sample.Objects.Select(flower => (int)objects.PredictWith(flower, costs)));
            flowers.PredictBatchWith(sample.Flowers, costs, species);
            Assert.Equal(numbers, species.Select(static label => (int)label));
            flowers.PredictBatchWith(sample.Rows, costs, species);
            Assert.Equal(numbers, species.Select(static label => (int)label));
            objects.PredictBatchWith(sample.Objects, costs, species);
            Assert.Equal(numbers, species.Select(static label => (int)label));
            flowers.PredictWith(sample.Rows.AsSpan(0, 4), costs, out double expected);
            flowers.PredictWith(sample.Flowers[0], costs, out double cost);
            Assert.Equal(expected, cost);

            double[] gradeRow = features[..GradeModel.Features];
            double[] moodRow = features[..MoodModel.Features];
            Assert.Equal((Grade)Number<GradeModel>(grades, gradeRow), grades.PredictWith(gradeRow, costs));
            Assert.Equal((Mood)Number<MoodModel>(moods, moodRow), moods.PredictWith(moodRow, costs));

            int Number<TModel>(TModel model, double[] row)
                where TModel : class, ISoftmaxModel<TModel, double> => model.PredictWith(row, costs);
        }
    }

    [Fact]
    public void Code_that_is_generic_over_models_takes_labels_and_rows()
    {
        FlowerSample sample = FlowerSample.Of(60);
        FlowerModel model = FlowerModel.FromWeights(sample.Weights);

        Assert.Equal(sample.Expected(), Generic<FlowerModel, Species, Flower>(model, sample.Flowers));

        static TLabel[] Generic<TModel, TLabel, TRow>(TModel model, TRow[] rows)
            where TModel : class, ISoftmaxModel<TModel, double, TLabel, TRow>
            where TLabel : unmanaged, Enum
        {
            double[] features = new double[TModel.Shape.Features * rows.Length];
            for (int row = 0; row < rows.Length; row++)
            {
                TModel.CopyFeatures(in rows[row], features.AsSpan(row * TModel.Shape.Features, TModel.Shape.Features));
            }

            TLabel[] labels = new TLabel[rows.Length];
            model.PredictBatch(features, labels);
            Assert.Equal(labels, features.Chunk(TModel.Shape.Features).Select(row => model.Predict(row)));
            return labels;
        }
    }

    [Fact]
    public void A_row_may_be_of_a_derived_type() =>
        Assert.Equal(_model.PredictWith(_parts[0], 0.5),
            _model.PredictWith(new SerialPart { Width = _parts[0].Width, Height = _parts[0].Height, IsPolished = true }, 0.5));

    [Fact]
    public void A_missing_value_is_not_positive() =>
        Assert.Equal(Verdict.Good, PropagatingPartModel.FromWeights(_weights).PredictWith(new Part { Width = double.NaN }, 0.1));

    [Fact]
    public void Nothing_is_allocated()
    {
        Verdict[] labels = new Verdict[200];
        var costs = new CostMatrix(2, [0, 1, 4, 0]);

        AssertAllocation.None(() =>
        {
            _ = _model.PredictWith(_parts[0], 0.3, Verdict.Good);
            _ = _model.PredictWith(_rows.AsSpan(0, 3), 0.3);
            _ = _model.PredictWith(_parts[0], costs, out _);
            _ = _model.PredictWith(_rows.AsSpan(0, 3), costs);
            _model.PredictBatchWith(_parts, 0.3, labels);
            _model.PredictBatchWith(_rows, 0.3, labels);
            _model.PredictBatchWith(_parts, costs, labels);
            _model.PredictBatchWith(_rows, costs, labels);
        });
    }

    [Fact]
    public void What_cannot_be_decided_is_refused()
    {
        var costs = new CostMatrix(2, [0, 1, 1, 0]);
        Part[] bad = [_parts[0], new Part { Width = double.NaN }];
        Part[] missing = [_parts[0], null!];
        Verdict[] two = new Verdict[2];
        PartModel none = null!;
        FlowerModel three = FlowerModel.FromWeights(new double[15]);

        Assert.Throws<ArgumentException>("model", () => three.PredictWith(default(Flower), 0.5));
        Assert.Throws<ArgumentException>("costs", () => three.PredictWith(default(Flower), costs));
        Assert.Throws<ArgumentNullException>("model", () => none.PredictWith(_parts[0], 0.5));
        Assert.Throws<ArgumentNullException>("features", () => _model.PredictWith(missing[1], 0.5));
        Assert.Throws<ArgumentNullException>("features", () => _model.PredictWith(missing[1], costs));
        Assert.Throws<ArgumentNullException>("costs", () => _model.PredictWith(_parts[0], null!));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => _model.PredictWith(_parts[0], -0.1));
        Assert.Contains(
            "is 4, which", Assert.Throws<ArgumentOutOfRangeException>("positiveLabel", () => _model.PredictWith(_parts[0], 0.5, (Verdict)4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("features", () => _model.PredictWith(bad[1], 0.5));
        Assert.Throws<ArgumentException>("labels", () => _model.PredictBatchWith(_parts, 0.5, two));
        Assert.Throws<ArgumentException>("labels", () => _model.PredictBatchWith(_parts, costs, two));
        Assert.Throws<ArgumentException>("labels", () => _model.PredictBatchWith(_rows, costs, two));
        AssertRow(Assert.Throws<ArgumentException>("rows", () => _model.PredictBatchWith(bad, 0.5, two)), "row 1 is NaN");
        AssertRow(Assert.Throws<ArgumentException>("rows", () => _model.PredictBatchWith(bad, costs, two)), "row 1 is NaN");
        AssertRow(Assert.Throws<ArgumentNullException>("rows", () => _model.PredictBatchWith(missing, 0.5, two)), "Row 1 is null");
        AssertRow(Assert.Throws<ArgumentNullException>("rows", () => _model.PredictBatchWith(missing, costs, two)), "Row 1 is null");

        static void AssertRow(ArgumentException exception, string message) => Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static double Next() => (_random.NextDouble() * 4) - 2;

    // The probability of the second class, by the definition.
    private static double Probability(double[] row)
    {
        double[] exponentials = [.. _weights.Chunk(4).Select(w => Math.Exp(w[0] + (w[1] * row[0]) + (w[2] * row[1]) + (w[3] * row[2])))];
        return exponentials[1] / exponentials.Sum();
    }
}
