using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>What a builder is like after a file: as before where the file was refused.</summary>
public sealed class BuilderTests
{
    private static string Rows(int count, string? bad = null, int at = -1) =>
        "a,b,label\n" + string.Concat(Enumerable.Range(0, count).Select(i => i == at ? $"{bad}\n" : $"{i * 0.25},{i % 7},{(i % 2 == 0 ? 0 : 7)}\n"));

    private static TrainingSet<Listed, double> Expected(int count) => Listed.CreateTrainingSet(
        [.. Enumerable.Range(0, count).SelectMany(static i => new[] { i * 0.25, i % 7 })], [.. Enumerable.Range(0, count)
            .Select(static i => i % 2 == 0 ? 0 : 7)]);

    [Theory]
    [InlineData("1,x,0")]
    [InlineData("1,1")]
    [InlineData("1,1,5")]
    public void A_file_that_is_refused_leaves_the_rows_before_and_the_builder_usable(string bad)
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv(Rows(100)));
        DataFileException error = Assert.Throws<DataFileException>(() => builder.AddFile(Csv(Rows(20_000, bad, 15_000))));
        Assert.Equal(15_001, error.Row);
        Assert.Equal(15_002, error.Line);
        Assert.Equal(100, builder.RowCount);

        builder.AddFile(Csv("a,b,label\n" + string.Concat(Rows(200)[(Rows(100).Length)..])));

        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(200);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void A_file_that_is_refused_leaves_the_count_of_skipped_rows()
    {
        DataFileOptions skip = new() { IncompleteRows = IncompleteRows.Skip };
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv("a,b,label\n1,,0\n1,1,0\n1,1,7"), skip);
        Assert.Throws<DataFileException>(() => builder.AddFile(Csv("a,b,label\n" + string.Concat(Enumerable.Repeat("1,,0\n", 9000)) + "1,x,0"), skip));
        Assert.Equal((2, 1), (builder.RowCount, builder.SkippedRowCount));
    }

    [Fact]
    public void Several_files_are_added_together_or_not_at_all()
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv(Rows(10)));
        using (builder.Begin())
        {
            builder.AddFile(Csv(Rows(3000)));
            builder.AddFile(Csv("a,b,label,w\n1,2,7,5\n"), new DataFileOptions { WeightColumn = "w" });
            Assert.Equal(3011, builder.RowCount);
        }

        Assert.Equal(10, builder.RowCount);
        using (RowAddition addition = builder.Begin())
        {
            builder.AddFile(Csv("a,b,label\n" + Rows(20)[Rows(10).Length..]));
            addition.Complete();
        }

        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(20);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Reading_is_cancelled_and_no_row_added()
    {
        using var cancellation = new CancellationTokenSource();
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv(Rows(10)));
        var progress = new Told(_ => cancellation.Cancel());

        Assert.Throws<OperationCanceledException>(() => builder.AddFile(Csv(Rows(50_000)), progress: progress, cancellationToken: cancellation.Token));

        Assert.Equal(10, builder.RowCount);
        Assert.Single(progress.All);
        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(10);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Progress_counts_rows_and_bytes_to_the_end()
    {
        using var file = new TempFile("csv");
        File.WriteAllText(file.Path, Rows(20_000));
        using var builder = new TrainingSetBuilder<Listed, double>();
        var progress = new Told(static _ => { });

        DataFileReport report = builder.AddFile(DataFile.Csv(file.Path), progress: progress);

        Assert.Equal(20_000, report.Rows);
        Assert.True(progress.All.Count > 2);
        Assert.Equal(progress.All.OrderBy(static one => one.Rows), progress.All);
        DataFileProgress last = progress.All[^1];
        Assert.Equal((20_000, new FileInfo(file.Path).Length, new FileInfo(file.Path).Length), (last.Rows, last.BytesRead, last.TotalBytes));
    }

    [Fact]
    public void A_progress_that_throws_adds_no_row()
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        Assert.Throws<InvalidOperationException>(
            () => builder.AddFile(Csv(Rows(50_000)), progress: new Told(static _ => throw new InvalidOperationException())));
        Assert.Equal(0, builder.RowCount);
    }

    [Fact]
    public void Many_batches_are_the_rows_of_one_span()
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv(Rows(20_001)));
        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(20_001);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void A_builder_that_has_built_takes_no_file()
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(Csv(Rows(10)));
        builder.Build().Dispose();
        Assert.Throws<ObjectDisposedException>(() => builder.AddFile(Csv(Rows(10))));
    }

    private static DataFile Csv(string text) => DataFile.Csv(new StringReader(text), "test.csv");

    private sealed class Told(Action<DataFileProgress> tell) : IProgress<DataFileProgress>
    {
        public List<DataFileProgress> All { get; } = [];

        public void Report(DataFileProgress value)
        {
            All.Add(value);
            tell(value);
        }
    }
}
