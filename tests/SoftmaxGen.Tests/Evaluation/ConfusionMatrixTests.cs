using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class ConfusionMatrixTests
{
    // Labels -5 to -2. Worked out by hand: class -4 has no row, class -3 is never predicted, and class -2 neither.
    private static readonly int[] Actual = [-5, -5, -5, -5, -3, -3];
    private static readonly int[] Predicted = [-5, -5, -5, -4, -5, -4];
    private readonly ConfusionMatrix _matrix = new(Double4x8FromMinus5.Shape, Actual, Predicted);

    [Fact]
    public void Rows_are_counted_by_their_labels()
    {
        Assert.Equal((3, 1, 0), (_matrix[-5, -5], _matrix[-5, -4], _matrix[-4, -5]));
        Assert.Equal((1, 1, 0), (_matrix[-3, -5], _matrix[-3, -4], _matrix[-3, -3]));
        Assert.Equal((6, 3, 0.5), (_matrix.RowCount, _matrix.Correct, _matrix.Accuracy));
    }

    [Fact]
    public void Metrics_are_shares_and_nought_where_there_is_nothing_to_share()
    {
        AssertMetrics(-5, 3.0 / 4, 3.0 / 4, 3.0 / 4, 4);
        AssertMetrics(-4, 0, 0, 0, 0);
        AssertMetrics(-3, 0, 0, 0, 2);
        AssertMetrics(-2, 0, 0, 0, 0);
        Assert.Equal(_matrix.PerClass.Select(metrics => metrics.Label), [-5, -4, -3, -2]);

        void AssertMetrics(int label, double precision, double recall, double f1, int support)
        {
            ClassMetrics metrics = _matrix.ForClass(label);
            Assert.Equal((label, precision, recall, f1, support), (metrics.Label, metrics.Precision, metrics.Recall, metrics.F1, metrics.Support));
        }
    }

    [Fact]
    public void Averages_are_over_classes_rows_or_decisions()
    {
        Assert.Equal(new AveragedMetrics(3.0 / 16, 3.0 / 16, 3.0 / 16), _matrix.Macro);
        Assert.Equal(new AveragedMetrics(0.5, 0.5, 0.5), _matrix.Weighted);
        Assert.Equal(new AveragedMetrics(0.5, 0.5, 0.5), _matrix.Micro);
    }

    [Fact]
    public void Precision_and_recall_are_not_exchanged()
    {
        var matrix = new ConfusionMatrix(Double2x1.Shape, [0, 0, 0, 1], [0, 1, 1, 1]);

        ClassMetrics zero = matrix.ForClass(0);
        Assert.Equal((1, 1.0 / 3, 0.5), (zero.Precision, zero.Recall, zero.F1));
        Assert.Equal((2.0 / 3, 2.0 / 3), (matrix.Macro.Precision, matrix.Macro.Recall));
        Assert.Equal(((3 * 1) + (1.0 / 3)) / 4, matrix.Weighted.Precision, 1e-15);
    }

    [Fact]
    public void Bad_labels_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("actual", () => _matrix[-6, -5]);
        Assert.Throws<ArgumentOutOfRangeException>("predicted", () => _matrix[-5, -1]);
        Assert.Throws<ArgumentOutOfRangeException>("label", () => _matrix.ForClass(int.MinValue));
        Assert.Throws<ArgumentException>("predicted", () => new ConfusionMatrix(Double2x1.Shape, [0, 1], [0]));
        Assert.Throws<ArgumentException>("predicted", () => new ConfusionMatrix(Double2x1.Shape, [0, 1], [0, 2]));
        Assert.Throws<ArgumentException>("actual", () => new ConfusionMatrix(Double2x1.Shape, [-1, 1], [0, 1]));
        Assert.Throws<ArgumentException>("actual", () => new ConfusionMatrix(Double2x1.Shape, [], []));
        Assert.Throws<ArgumentNullException>(() => new ConfusionMatrix(null!, [0], [0]));
    }

    [Fact]
    public void Texts_have_names_and_the_invariant_culture()
    {
        ModelShape named = Double3x4.Shape with { ClassNames = ["setosa", "versicolor", "virginica"] };
        var matrix = new ConfusionMatrix(named, [0, 0, 1, 2], [0, 1, 1, 1]);
        using CultureScope culture = CultureScope.Hostile();

        const string Expected = """
            actual \ predicted  setosa  versicolor  virginica
            setosa                   1           1          0
            versicolor               0           1          0
            virginica                0           1          0

            """;
        Assert.Equal(Expected, matrix.ToString());
        Assert.Equal("versicolor: precision 0.3333, recall 1.0000, F1 0.5000, support 1", matrix.ForClass(1).ToString());
        Assert.Equal("precision 0.5000, recall 0.5000, F1 0.5000", matrix.Micro.ToString());
        Assert.Equal(
            "(0.2000, 0.2667]: 3 rows, confidence 0.2500, accuracy 0.5000",
            new CalibrationBin { Lower = 0.2, Upper = 4 / 15.0, RowCount = 3, Weight = 3, Confidence = 0.25, Accuracy = 0.5 }.ToString());
    }
}
