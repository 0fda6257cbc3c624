using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Files that are gone through row by row, without a training set.</summary>
public sealed class DataFileReaderTests
{
    private const string Text = "x,name\n1.5,a\n?,b\n-2,NA\n";

    [Fact]
    public void Rows_come_in_their_order_with_what_is_missing()
    {
        using DataFileReader reader = DataFile.Csv(new StringReader(Text), "numbers.csv").OpenReader(["?", "NA"]);

        Assert.Equal(["x", "name"], reader.Columns);
        Assert.Equal([(1, 1.5, "a"), (2, null, "b"), (3, -2, null)], Read(reader));
        Assert.False(reader.Read());
    }

    [Fact]
    public void No_text_stands_for_what_is_missing_unless_it_is_given()
    {
        using DataFileReader reader = DataFile.Csv(new StringReader(Text), "numbers.csv").OpenReader();

        Assert.True(reader.Read());
        Assert.True(reader.Read());
        DataFileException exception = Assert.Throws<DataFileException>(() => reader.Row.DoubleOrNull("x"));
        Assert.Contains("numbers.csv", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'?'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_groups_follow_one_another_and_progress_ends_at_the_end()
    {
        using var file = new TempFile("parquet");
        double[][] groups = [[1, 2], [], [3]];
        await WriteAsync(file.Path, groups);

        using (DataFileReader reader = DataFile.Parquet(file.Path).OpenReader())
        {
            Assert.Equal([1d, 2, 3], Read(reader).Select(static row => row.X!.Value));
            Assert.Equal(3, reader.Progress.Rows);
            Assert.InRange(reader.Progress.BytesRead, 1, reader.Progress.TotalBytes);
            Assert.Equal(new FileInfo(file.Path).Length, reader.Progress.TotalBytes);
        }

        // The file is closed.
        File.Delete(file.Path);
    }

    [Fact]
    public async Task A_file_without_rows_has_its_columns()
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, [[]]);
        using DataFileReader reader = DataFile.Parquet(file.Path).OpenReader();

        Assert.Equal(["x", "name"], reader.Columns);
        Assert.False(reader.Read());
    }

    private static List<(long Number, double? X, string? Name)> Read(DataFileReader reader)
    {
        List<(long, double?, string?)> rows = [];
        while (reader.Read())
        {
            rows.Add((reader.Row.Number, reader.Row.DoubleOrNull("x"), reader.Row.Text("name")));
        }

        return rows;
    }

    private static async Task WriteAsync(string path, double[][] groups)
    {
        var x = new DataField<double>("x");
        var name = new DataField<string>("name");
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, name), stream);
        foreach (double[] group in groups)
        {
            using ParquetRowGroupWriter part = writer.CreateRowGroup();
            await part.WriteAsync<double>(x, group);
            await part.WriteAsync(name, [.. group.Select(static _ => "n")]);
        }
    }
}
