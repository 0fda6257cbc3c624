namespace SoftmaxGen.Tests.Kernels;

/// <summary>Bad rows, labels and weights: an exception that names the argument, the row and the value, in ASCII digits whatever the culture.</summary>
public sealed class ArgumentTests : IDisposable
{
    private const int Features = 4;
    private const int Parameters = 15;
    private const int RowCount = 9;

    private readonly CultureScope _culture = CultureScope.Hostile();
    private readonly double[] _weights = new double[Parameters];
    private readonly double[] _rows = new double[RowCount * Features];
    private readonly int[] _labels = new int[RowCount];
    private readonly double[] _gradient = new double[Parameters];

    public static TheoryData<double, string> NotFinite => new()
    {
        { double.NaN, "NaN" },
        { double.PositiveInfinity, "Infinity" },
        { double.NegativeInfinity, "-Infinity" },
    };

    public void Dispose() => _culture.Dispose();

    [Theory]
    [InlineData(Parameters - 1, RowCount * Features, RowCount, Parameters, "weights", "14", "15")]
    [InlineData(Parameters + 1, RowCount * Features, RowCount, Parameters, "weights", "16", "15")]
    [InlineData(Parameters, (RowCount * Features) - 1, RowCount, Parameters, "rows", "35", "4")]
    [InlineData(Parameters, 0, 0, Parameters, "rows", "at least one row", "")]
    [InlineData(Parameters, RowCount * Features, RowCount - 1, Parameters, "labels", "8", "9")]
    [InlineData(Parameters, RowCount * Features, RowCount + 1, Parameters, "labels", "10", "9")]
    [InlineData(Parameters, RowCount * Features, RowCount, Parameters - 1, "gradient", "14", "15")]
    [InlineData(Parameters, RowCount * Features, RowCount, Parameters + 1, "gradient", "16", "15")]
    public void Row_major_lengths_are_checked(int weights, int rows, int labels, int gradient, string argument, string actual, string expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            argument, () => Double3x4.LossAndGradient(new double[weights], new double[rows], new int[labels], new double[gradient]));

        Assert.Contains(actual, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((RowCount * Features) - 1, RowCount, 0, "rows", "35", "4")]
    [InlineData(0, 0, 0, "rows", "at least one row", "")]
    [InlineData(RowCount * Features, RowCount - 1, 0, "labels", "8", "9")]
    [InlineData(RowCount * Features, RowCount + 1, 0, "labels", "10", "9")]
    [InlineData(RowCount * Features, RowCount, RowCount - 1, "rowWeights", "8", "9")]
    [InlineData(RowCount * Features, RowCount, RowCount + 1, "rowWeights", "10", "9")]
    public void Lengths_of_a_training_set_are_checked(int rows, int labels, int rowWeights, string argument, string actual, string expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            argument, () => Double3x4.CreateTrainingSet(new double[rows], new int[labels], new double[rowWeights]).Dispose());

        Assert.Contains(actual, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Parameters - 1, Parameters, "weights")]
    [InlineData(Parameters + 1, Parameters, "weights")]
    [InlineData(Parameters, Parameters - 1, "gradient")]
    [InlineData(Parameters, Parameters + 1, "gradient")]
    public void Lengths_of_a_packed_evaluation_are_checked(int weights, int gradient, string argument)
    {
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_rows, _labels);

        Assert.Throws<ArgumentException>(argument, () => set.LossAndGradient(new double[weights], new double[gradient]));
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(3, "3")]
    [InlineData(int.MinValue, "-2147483648")]
    [InlineData(int.MaxValue, "2147483647")]
    public void A_label_out_of_range_is_named_with_its_row(int label, string text)
    {
        for (int row = 0; row < RowCount; row++)
        {
            _labels[row] = label;

            AssertBadRows("labels", $"row {row} is {text};", "from 0 to 2");
            _labels[row] = 2;
        }
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Labels_run_from_the_first_label(int label)
    {
        int[] labels = [-5, -4, -3, -2];
        double[] rows = new double[4 * 8];
        double[] weights = new double[36];
        Double4x8FromMinus5.LossAndGradient(weights, rows, labels, new double[36]);

        labels[2] = label;
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "labels", () => Double4x8FromMinus5.LossAndGradient(weights, rows, labels, new double[36]));

        Assert.Contains("from -5 to -2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_feature_that_is_not_finite_is_named_wherever_it_is(double value, string text)
    {
        // Weights of 0, of one sign, of both, and scores beyond the range of the exponential.
        double[][] weightChoices =
        [
            new double[Parameters],
            [.. Enumerable.Repeat(0.5, Parameters)],
            Sample.Of(Double3x4.Shape, 1).Weights,
            [.. Enumerable.Range(0, Parameters).Select(i => 1e5 * i)],
        ];
        for (int index = 0; index < _rows.Length; index++)
        {
            _rows[index] = value;
            foreach (double[] weights in weightChoices)
            {
                weights.CopyTo(_weights, 0);
                AssertBadRows("rows", $"Feature {index % Features} of row {index / Features} is {text};");
            }

            _rows[index] = 0;
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_float_feature_that_is_not_finite_is_named(double value, string text)
    {
        float[] rows = new float[19 * 8];
        rows[(17 * 8) + 3] = (float)value;

        ArgumentException rowMajor = Assert.Throws<ArgumentException>(
            "rows", () => Single4x8.LossAndGradient(new float[36], rows, new int[19], new float[36]));
        ArgumentException packed = Assert.Throws<ArgumentException>("rows", () => Single4x8.CreateTrainingSet(rows, new int[19]).Dispose());

        Assert.Contains($"Feature 3 of row 17 is {text};", rowMajor.Message, StringComparison.Ordinal);
        Assert.Contains($"Feature 3 of row 17 is {text};", packed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_weight_that_is_not_finite_is_named(double value, string text)
    {
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_rows, _labels);
        for (int index = 0; index < Parameters; index++)
        {
            _weights[index] = value;

            ArgumentException rowMajor = Assert.Throws<ArgumentException>("weights", () => Double3x4.LossAndGradient(_weights, _rows, _labels, _gradient));
            ArgumentException packed = Assert.Throws<ArgumentException>("weights", () => set.LossAndGradient(_weights, _gradient));
            ArgumentException model = Assert.Throws<ArgumentException>("weights", () => Double3x4.FromWeights(_weights));

            Assert.All([rowMajor, packed, model], e => Assert.Contains($"Weight {index} is {text};", e.Message, StringComparison.Ordinal));
            _weights[index] = 0;
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void An_element_of_a_direction_that_is_not_finite_is_named(double value, string text)
    {
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_rows, _labels);
        double[] direction = new double[Parameters];
        for (int index = 0; index < Parameters; index++)
        {
            direction[index] = value;

            ArgumentException exception = Assert.Throws<ArgumentException>("direction", () => set.HessianProduct(_weights, direction, _gradient));

            Assert.Contains($"{index} is {text};", exception.Message, StringComparison.Ordinal);
            direction[index] = 0;
        }
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(-0.5, "-0.5")]
    public void A_row_weight_that_is_not_valid_is_named_with_its_row(double value, string text)
    {
        double[] rowWeights = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            rowWeights[row] = value;

            ArgumentException exception = Assert.Throws<ArgumentException>(
                "rowWeights", () => Double3x4.CreateTrainingSet(_rows, _labels, rowWeights).Dispose());

            Assert.Contains($"row {row} is {text};", exception.Message, StringComparison.Ordinal);
            rowWeights[row] = 1;
        }
    }

    [Fact]
    public void Some_row_must_have_a_weight() =>
        Assert.Throws<ArgumentException>("rowWeights", () => Double3x4.CreateTrainingSet(_rows, _labels, new double[RowCount]).Dispose());

    [Fact]
    public void Row_weights_whose_sum_overflows_are_refused() =>
        Assert.Throws<ArgumentException>(
            "rowWeights", () => Double3x4.CreateTrainingSet(_rows, _labels, [.. Enumerable.Repeat(1e308, RowCount)]).Dispose());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void There_must_be_a_thread(int maxThreads)
    {
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(_rows, _labels);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(maxThreads), () => set.LossAndGradient(_weights, _gradient, maxThreads));
    }

    [Theory]
    [InlineData(RowCount)]
    [InlineData(20_000)]
    public void A_set_that_was_disposed_of_says_so(int rowCount)
    {
        TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(new double[rowCount * Features], new int[rowCount]);
        set.Dispose();
        set.Dispose();

        Assert.Throws<ObjectDisposedException>(() => set.LossAndGradient(_weights, _gradient));
        Assert.Throws<ObjectDisposedException>(() => set.LossAndGradient(_weights, _gradient, maxThreads: 2));
    }

    [Fact]
    public void A_set_keeps_copies()
    {
        var sample = Sample.Of(Double3x4.Shape, 50);
        int[] labels = sample.Labels;
        double[] rowWeights = sample.RowWeights();
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, labels, rowWeights);
        double before = set.LossAndGradient(sample.Weights, _gradient);

        Array.Clear(sample.Rows);
        Array.Clear(labels);
        Array.Fill(rowWeights, 1);

        Assert.Equal(before, set.LossAndGradient(sample.Weights, _gradient));
    }

    private void AssertBadRows(string argument, params string[] parts)
    {
        ArgumentException rowMajor = Assert.Throws<ArgumentException>(argument, () => Double3x4.LossAndGradient(_weights, _rows, _labels, _gradient));
        ArgumentException packed = Assert.Throws<ArgumentException>(argument, () => Double3x4.CreateTrainingSet(_rows, _labels).Dispose());

        Assert.All(parts, part => Assert.Contains(part, rowMajor.Message, StringComparison.Ordinal));
        Assert.All(parts, part => Assert.Contains(part, packed.Message, StringComparison.Ordinal));
    }
}
