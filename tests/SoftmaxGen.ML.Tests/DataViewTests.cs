using Microsoft.ML;
using Microsoft.ML.Data;

namespace SoftmaxGen.ML.Tests;

/// <summary>Rows and labels of data views become the training set that the same rows and labels make.</summary>
public sealed class DataViewTests
{
    private static readonly double[] _rows =
        [.. IrisRow.All.SelectMany(static row => (double[])[row.SepalLength, row.SepalWidth, row.PetalLength, row.PetalWidth])];

    private static readonly int[] _labels = [.. IrisRow.All.Select(static row => (int)Enum.Parse<Species>(row.Species))];

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Label")]
    [InlineData("Species")]
    public void Keys_and_names_are_labels(string labelColumn)
    {
        using var builder = new TrainingSetBuilder<FlowerModel, double>();
        builder.Add(IrisRow.View(_ml), labelColumn: labelColumn);
        using TrainingSet<FlowerModel, double> set = builder.Build();

        AssertSame(set, []);
    }

    [Fact]
    public void Numbers_are_labels_and_rows_have_weights()
    {
        double[] weights = [.. Enumerable.Range(0, 150).Select(static i => 1 + (i % 3))];
        IDataView view = _ml.Data.LoadFromEnumerable(IrisRow.All.Select((row, i) => new WeightedRow
        {
            Inputs = [row.SepalLength, row.SepalWidth, row.PetalLength, row.PetalWidth],
            Target = _labels[i],
            Importance = (float)weights[i],
        }));
        using var builder = new TrainingSetBuilder<FlowerModel, double>();
        builder.Add(view, "Inputs", "Target", "Importance");
        using TrainingSet<FlowerModel, double> set = builder.Build();

        AssertSame(set, weights);
    }

    [Fact]
    public void More_rows_than_a_batch_are_all_there()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 2500).Select(static i => new NumberRow { Features = [i, 1, 2, 3], Label = (uint)(i % 3) }));
        using var builder = new TrainingSetBuilder<IrisModel, double>();
        builder.Add(view);

        Assert.Equal(2500, builder.RowCount);
        using TrainingSet<IrisModel, double> set = builder.Build();
        using var expected = new TrainingSet<IrisModel, double>(
            [.. Enumerable.Range(0, 2500).SelectMany(static i => (double[])[i, 1, 2, 3])], [.. Enumerable.Range(0, 2500).Select(static i => 1 + (i % 3))]);
        double[] gradient = new double[15], expectedGradient = new double[15];
        Assert.Equal(expected.LossAndGradient(new double[15], expectedGradient), set.LossAndGradient(new double[15], gradient));
        Assert.Equal(expectedGradient, gradient);
    }

    [Fact]
    public void What_cannot_be_read_is_told_with_column_and_row()
    {
        using var builder = new TrainingSetBuilder<FlowerModel, double>();
        IDataView view = IrisRow.View(_ml);
        IDataView unknown = _ml.Data.LoadFromEnumerable(IrisRow.All.Take(2).Append(new IrisRow { Species = "Tulip" }));
        unknown = _ml.Transforms.Concatenate("Features", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth").Fit(unknown).Transform(unknown);
        IDataView missing = _ml.Data.LoadFromEnumerable([new NumberRow { Features = [1, 2, 3, 4], Label = 9 }]);
        IDataView other = _ml.Data.LoadFromEnumerable([new WeightedRow { Inputs = [1, 2, 3, 4], Target = 7 }]);

        AssertError("There is no column 'Nothing'; the columns are SepalLength", () => builder.Add(view, "Nothing"));
        AssertError("Column 'Species' is String; the model takes a vector of 4 numbers", () => builder.Add(view, "Species"));
        AssertError("Row 2 of the data view: 'Tulip' in column 'Species' is no class", () => builder.Add(unknown, labelColumn: "Species"));
        AssertError("Row 0 of the data view has no label in column 'Label'", () => builder.Add(missing));
        AssertError("Row 0 of the data view has the label 7, which is no class of the model,", () => builder.Add(other, "Inputs", "Target"));
    }

    private static void AssertError(string beginning, Action action) =>
        Assert.StartsWith(beginning, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static void AssertSame(TrainingSet<FlowerModel, double> set, double[] weights)
    {
        using var expected = new TrainingSet<FlowerModel, double>(_rows, _labels, weights);
        double[] at = [.. Enumerable.Range(0, 15).Select(static i => Math.Sin(i))];
        double[] gradient = new double[15], expectedGradient = new double[15];

        Assert.Equal(expected.LossAndGradient(at, expectedGradient), set.LossAndGradient(at, gradient));
        Assert.Equal(expectedGradient, gradient);
    }
}

/// <summary>A row whose columns have names of their own.</summary>
public sealed class WeightedRow
{
    [VectorType(4)]
#pragma warning disable CA1819 // As ML.NET's examples write it.
    public float[] Inputs { get; set; } = [];
#pragma warning restore CA1819

    public int Target { get; set; }

    public float Importance { get; set; }
}
