using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>A file that has the features of a model of double precision in single precision is the set of the rounded features.</summary>
public sealed class SingleFeaturesTests
{
    /// <summary>Gets numbers of rows that fill no block, a chunk, several pieces of a chunk, and several chunks; and what they have.</summary>
    public static TheoryData<int, Extras> Cases => new()
    {
        { 1, Extras.None },
        { 37, Extras.None },
        { 8192, Extras.Weights },
        { 8193, Extras.Targets | Extras.LateWeights | Extras.Offsets },
        { 40_001, Extras.Offsets },
        { 40_001, Extras.LateWeights },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_is_the_set_of_rounded_rows(int count, Extras extras)
    {
        Check<NamedModel>(count, extras, trains: count is 37 or 8193);
        Check<ManyClassesModel>(count, extras, trains: false);
    }

    [Fact]
    public void An_evaluation_reads_the_rounded_rows()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(30_000, Extras.Weights);
        using TrainingSet<NamedModel, double> set = InFile(rows, folder["rows"]);
        NamedModel model = NamedModel.FromWeights([0.1, 0.2, -0.3, 0.4, 0, 0.2, 0.2, 0.3, -0.4, 0, 0.3, -0.2, -0.3, 0.4, 0.5]);

        Evaluation expected = rows.Rounded.Evaluate(model);
        Evaluation actual = model.Evaluate(set);

        SameSets.Equal([expected.LogLoss, expected.Brier, expected.CalibrationError], [actual.LogLoss, actual.Brier, actual.CalibrationError]);
        Assert.NotEqual(rows.Evaluate(model).LogLoss, actual.LogLoss);
    }

    [Fact]
    public void A_file_has_half_of_the_features_bytes()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(64, Extras.Weights);
        rows.InFile(folder["double"]).Dispose();
        InFile(rows, folder["single"]).Dispose();

        // The description may differ by the digits of nothing: the statistics are numbers of 8 bytes in both.
        Assert.Equal(64 * NamedModel.Features * 4, new FileInfo(folder["double"]).Length - new FileInfo(folder["single"]).Length);
    }

    [Fact]
    public void Rows_that_are_taken_back_leave_nothing_in_the_file()
    {
        using var folder = new Folder();
        using var expected = new TrainingSetBuilder<ItemModel, double, Kind, Item>();
        using var builder = new TrainingSetBuilder<ItemModel, double, Kind, Item>(folder["rows"], SoftmaxPrecision.Single);
        foreach (int count in new[] { 100, 300_000, 50 })
        {
            Item[] items = [.. Enumerable.Range(0, count).Select(static i => new Item(i % 17, i % 1009, i % 5 > 2 ? Kind.High : Kind.Low))];
            Kind[] labels = [.. items.Select(static item => item.Kind)];
            expected.Add(items, labels);
            builder.Add(items, labels);
            Item[] bad = [.. items, new Item(1, -1e39, Kind.Low)];
            string message = Assert.Throws<ArgumentException>("rows", () => builder.Add(bad, [.. labels, Kind.Low])).Message;
            Assert.StartsWith($"Feature 1 (Age) of row {expected.RowCount + count} is -1E+39, beyond the range", message, StringComparison.Ordinal);
            Assert.Equal(expected.RowCount, builder.RowCount);
        }

        using TrainingSet<ItemModel, double> memory = expected.Build();
        using TrainingSet<ItemModel, double> file = builder.Build();
        SameSets.CheckClose(memory, file, trains: true);
    }

    [Fact]
    public void The_largest_single_and_the_smallest_number_fit()
    {
        using var folder = new Folder();
        using var builder = new TrainingSetBuilder<NamedModel, double>(folder["rows"], SoftmaxPrecision.Single);
        builder.Add([float.MaxValue, -float.MaxValue, double.Epsilon, 0.1], [0]);
        Assert.Throws<ArgumentException>("rows", () => builder.Add([1, 1, 1, float.MaxValue + 1.1e31], [0]));
        Assert.Equal(1, builder.RowCount);
    }

    [Theory]
    [InlineData(SoftmaxPrecision.Double)]
    [InlineData((SoftmaxPrecision)7)]
    [InlineData((SoftmaxPrecision)(-1))]
    public void No_file_has_more_digits_than_the_model(SoftmaxPrecision features)
    {
        using var folder = new Folder();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(features), () => new TrainingSetBuilder<SmallestModel, float>(folder["rows"], features).Dispose());
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_file_of_a_model_of_single_precision_is_as_it_was()
    {
        using var folder = new Folder();
        foreach (string name in new[] { "plain", "named" })
        {
            using TrainingSetBuilder<SmallestModel, float> builder = name == "plain" ? new(folder[name]) : new(folder[name], SoftmaxPrecision.Single);
            new RandomRows<SmallestModel, float>(100, Extras.Weights).AddTo(builder);
            builder.Build().Dispose();
        }

        Assert.Equal(File.ReadAllBytes(folder["plain"]), File.ReadAllBytes(folder["named"]));
    }

    private static void Check<TModel>(int count, Extras extras, bool trains)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var folder = new Folder();
        var rows = new RandomRows<TModel, double>(count, extras);
        using TrainingSet<TModel, double> memory = rows.Rounded.InMemory();
        using TrainingSet<TModel, double> built = InFile(rows, folder["rows"]);
        SameSets.CheckClose(memory, built, trains);
        using TrainingSet<TModel, double> opened = TrainingSet<TModel, double>.Open(folder["rows"]);
        SameSets.Check(built, opened, extras, trains);
    }

    private static TrainingSet<TModel, double> InFile<TModel>(RandomRows<TModel, double> rows, string path)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var builder = new TrainingSetBuilder<TModel, double>(path, SoftmaxPrecision.Single);
        rows.AddTo(builder);
        return builder.Build();
    }
}
