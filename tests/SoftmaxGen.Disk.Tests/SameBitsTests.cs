using System.Numerics;
using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>A set in a file is the set in memory, to the bit, however it came into the file.</summary>
public sealed class SameBitsTests
{
    /// <summary>Gets numbers of rows that fill no block, one block, one chunk, several chunks or pieces, and what they have.</summary>
    public static TheoryData<int, Extras> Cases
    {
        get
        {
            var cases = new TheoryData<int, Extras>();
            Extras[] all =
            [
                Extras.None, Extras.Weights, Extras.LateWeights, Extras.Targets, Extras.Offsets, Extras.Targets | Extras.LateWeights | Extras.Offsets,
            ];
            foreach (Extras extras in all)
            {
                cases.Add(37, extras);
                cases.Add(64, extras);
                cases.Add(8193, extras);
                cases.Add(40_001, extras);
            }

            return cases;
        }
    }

    [LongTheory(every: 5)]
    [MemberData(nameof(Cases))]
    public void A_file_is_the_set_in_memory(int count, Extras extras)
    {
        Check<NamedModel, double>(count, extras, trains: count is 37 or 8193);
        Check<SmallestModel, float>(count, extras, trains: count == 64);
        Check<ManyClassesModel, double>(count, extras, trains: false);
        Check<StreamModel, float>(count, extras, trains: false);
    }

    // More rows than are packed at a time, so that what comes late comes behind rows that are in the file already.
    [LongTheory(every: 2)]
    [InlineData(Extras.LateWeights)]
    [InlineData(Extras.LateWeights | Extras.Targets | Extras.Offsets)]
    public void A_long_file_is_the_set_in_memory(Extras extras) => Check<StreamModel, float>(200_001, extras, trains: false);

    [Fact]
    public void Rows_that_were_left_out_are_counted_in_the_file()
    {
        using var folder = new Folder();
        using var builder = new TrainingSetBuilder<NamedModel, double>(folder["rows"]);
        builder.Add(new() { Rows = [1, 2, 3, 4, double.NaN, 1, 2, 3], Labels = [0, 1], IncompleteRows = IncompleteRows.Skip });
        builder.Build().Dispose();

        using TrainingSet<NamedModel, double> set = TrainingSet<NamedModel, double>.Open(folder["rows"]);
        Assert.Equal((1, 1), (set.RowCount, set.SkippedRowCount));
    }

    [Fact]
    public void An_evaluation_reads_a_file_batch_by_batch()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(30_000, Extras.Weights);
        using TrainingSet<NamedModel, double> set = rows.InFile(folder["rows"]);
        NamedModel model = NamedModel.FromWeights([0.1, 0.2, -0.3, 0.4, 0, 0.2, 0.2, 0.3, -0.4, 0, 0.3, -0.2, -0.3, 0.4, 0.5]);

        Evaluation expected = rows.Evaluate(model);
        Evaluation actual = model.Evaluate(set);

        SameSets.Equal(
            [expected.LogLoss, expected.Accuracy, expected.Brier, expected.CalibrationError],
            [actual.LogLoss, actual.Accuracy, actual.Brier, actual.CalibrationError]);
    }

    [Fact]
    public void An_evaluation_counts_all_rows_in_its_messages()
    {
        using var folder = new Folder();
        using var builder = new TrainingSetBuilder<NamedModel, double>(folder["rows"]);
        builder.Add(new double[4 * 20_000], new int[20_000]);
        builder.Add([1e308, 1e308, 1, 1], [0]);
        using TrainingSet<NamedModel, double> set = builder.Build();
        NamedModel model = NamedModel.FromWeights([0, 9, 9, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0]);

        Assert.Contains("row 20000", Assert.Throws<ArgumentException>(() => model.Evaluate(set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_copies_rows_copies_those_of_a_file()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(500, Extras.None);
        using TrainingSet<NamedModel, double> memory = rows.InMemory();
        using TrainingSet<NamedModel, double> file = rows.InFile(folder["rows"]);

        Assert.Equal(
            CrossValidation.Run<NamedModel, double>(memory, folds: 3).LogLoss.Mean, CrossValidation.Run<NamedModel, double>(file, folds: 3).LogLoss.Mean);
        Assert.Equal(
            L2Path.Run<NamedModel, double>(memory, [1, 0.1], folds: 3).Best.L2, L2Path.Run<NamedModel, double>(file, [1, 0.1], folds: 3).Best.L2);
        Assert.Equal(memory.FindSeparation()?.ToString(), file.FindSeparation()?.ToString());
    }

    [Fact]
    public void Rows_that_are_taken_back_leave_nothing_in_the_file()
    {
        using var folder = new Folder();
        using var expected = new TrainingSetBuilder<ItemModel, double, Kind, Item>();
        using var builder = new TrainingSetBuilder<ItemModel, double, Kind, Item>(folder["rows"]);

        // Rows by far more than are packed at a time stand before, between and behind the ones that are taken back; these bring the first weights.
        foreach (int count in new[] { 100, 300_000, 70_001, 50 })
        {
            Item[] items = [.. Enumerable.Range(0, count).Select(static i => new Item(i % 17, i % 1009, i % 5 > 2 ? Kind.High : Kind.Low))];
            Kind[] labels = [.. items.Select(static item => item.Kind)];
            double[] weights = [.. items.Select(static item => 1 + item.Size)];
            expected.Add(items, labels);
            builder.Add(items, labels);

            Assert.Throws<InvalidOperationException>(() => builder.Add(Throwing(items)));
            Item[] bad = [.. items, new Item(double.NaN, 1, Kind.Low)];
            Assert.ThrowsAny<ArgumentException>(() => builder.Add(bad, [.. labels, Kind.Low], [.. weights, 1]));
            Assert.Equal(expected.RowCount, builder.RowCount);
        }

        using TrainingSet<ItemModel, double> memory = expected.Build();
        using TrainingSet<ItemModel, double> file = builder.Build();
        SameSets.Check(memory, file, Extras.None, trains: false);
    }

    private static IEnumerable<Item> Throwing(Item[] items)
    {
        foreach (Item item in items)
        {
            yield return item;
        }

        throw new InvalidOperationException("The source has ended too early.");
    }

    private static void Check<TModel, T>(int count, Extras extras, bool trains)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var folder = new Folder();
        var rows = new RandomRows<TModel, T>(count, extras);
        using TrainingSet<TModel, T> memory = rows.InMemory();
        using (TrainingSet<TModel, T> written = rows.InFile(folder["streamed"]))
        {
            SameSets.Check(memory, written, extras, trains);
        }

        using (var builder = new TrainingSetBuilder<TModel, T>())
        {
            rows.AddTo(builder);
            using TrainingSet<TModel, T> copied = builder.Build(folder["copied"]);
            SameSets.Check(memory, copied, extras, trains: false);
        }

        Assert.Equal(File.ReadAllBytes(folder["streamed"]), File.ReadAllBytes(folder["copied"]));
        using TrainingSet<TModel, T> opened = TrainingSet<TModel, T>.Open(folder["streamed"]);
        SameSets.Check(memory, opened, extras, trains);
    }
}
