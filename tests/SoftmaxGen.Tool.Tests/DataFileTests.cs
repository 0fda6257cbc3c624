using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Schema;
using Field = Apache.Arrow.Field;

namespace SoftmaxGen.Tool.Tests;

/// <summary>The penguins in the formats of Parquet and Arrow are what they are as text.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly Tool _tool = new();

    // Species, island, bill length and depth, flipper, body mass, sex, year.
    private static readonly string[][] _penguins = [.. File.ReadLines(Tool.Sample("penguins.csv")).Select(static line => line.Split(','))];

    [LongTheory(every: 4)]
    [InlineData("penguins.parquet", 1)]
    [InlineData("penguins.arrow", 1)]
    [InlineData("penguins.feather", 1)]
    [InlineData("many.parquet", 12)]
    public async Task They_give_the_same_model_and_predictions(string file, int times)
    {
        string table = await WriteAsync(file, times);
        IEnumerable<string> lines = Repeated(times).Prepend(_penguins[0]).Select(static row => string.Join(',', row));
        string text = _tool.Write(Path.ChangeExtension(file, "csv"), string.Join('\n', lines));
        await TrainAsync(text, "text.json");
        await TrainAsync(table, "table.json");
        string note = _tool.Error;

        Assert.Equal(await File.ReadAllTextAsync(_tool["text.json"]), await File.ReadAllTextAsync(_tool["table.json"]));
        Assert.Contains("column 'seen': the column is of type", note, StringComparison.Ordinal);
        Assert.Equal(
            await _tool.RunWellAsync("predict", _tool["text.json"], text, "--probabilities"),
            await _tool.RunWellAsync("predict", _tool["text.json"], table, "--probabilities"));
        Assert.Equal(await _tool.RunWellAsync("evaluate", _tool["text.json"], text), await _tool.RunWellAsync("evaluate", _tool["text.json"], table));
        Assert.Contains("Row 2: Adelie", await _tool.RunWellAsync("explain", _tool["text.json"], table, "--rows", "2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_has_its_row_and_column()
    {
        string table = await WriteAsync("penguins.parquet", 1);
        await TrainAsync(table, "model.json");
        _penguins[3][1] = "Antarctica";
        string other = await WriteAsync("other.parquet", 1);
        _penguins[3][1] = "Torgersen";

        Assert.Equal(1, await _tool.RunAsync("predict", _tool["model.json"], other));
        Assert.StartsWith($"{other}, row 3, column 2: 'Antarctica' is none of the levels of 'island'", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _tool.RunAsync("train", table, "--label", "Species"));
        Assert.StartsWith($"{table}: --label: there is no column 'Species'; did you mean 'species'?", _tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.parquet")]
    [InlineData("none.arrow")]
    public async Task Files_without_rows_are_told_so(string file)
    {
        string table = await WriteAsync(file, 0);

        Assert.Equal(1, await _tool.RunAsync("train", table, "--label", "species"));
        Assert.Contains("there is no row below the header", _tool.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("penguins.parquet")]
    [InlineData("penguins.arrow")]
    public async Task Damaged_files_are_refused(string file)
    {
        string table = await WriteAsync(file, 1);
        byte[] bytes = await File.ReadAllBytesAsync(table);
        await File.WriteAllBytesAsync(table, bytes[..(bytes.Length / 2)]);

        Assert.Equal(1, await _tool.RunAsync("train", table, "--label", "species", "--out", _tool["model.json"]));
        Assert.StartsWith(table, _tool.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_tool["model.json"]));
    }

    public void Dispose() => _tool.Dispose();

    private static IEnumerable<string[]> Repeated(int times) => Enumerable.Repeat(_penguins.Skip(1), times).SelectMany(static rows => rows);

    private Task<string> TrainAsync(string data, string model) =>
        _tool.RunWellAsync("train", data, "--label", "species", "--l2", "0.01", "--out", _tool[model], "--namespace", "X");

    private async Task<string> WriteAsync(string file, int times)
    {
        string[][] rows = [.. Repeated(times)];
        if (file.EndsWith(".parquet", StringComparison.Ordinal))
        {
            await WriteParquetAsync(_tool[file], rows);
        }
        else
        {
            await WriteArrowAsync(_tool[file], rows);
        }

        return _tool[file];
    }

    private static async Task WriteParquetAsync(string path, string[][] rows)
    {
        DataField[] fields =
        [
            .. _penguins[0].Select(static (name, column) =>
                IsText(column) ? (DataField)new DataField<string>(name) : new DataField<double>(name, nullable: true)),
            new DataField<DateTime>("seen"),
        ];
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        foreach (string[][] group in rows.Chunk(1000))
        {
            using ParquetRowGroupWriter part = writer.CreateRowGroup();
            for (int column = 0; column < _penguins[0].Length; column++)
            {
                int index = column;
                await (IsText(index)
                    ? part.WriteAsync(fields[index], [.. group.Select(row => row[index])])
                    : part.WriteAsync<double>(fields[index], group.Select(row => Number(row[index])).ToArray()));
            }

            await part.WriteAsync<DateTime>(fields[^1], Enumerable.Repeat(DateTime.UnixEpoch, group.Length).ToArray());
        }
    }

    private static async Task WriteArrowAsync(string path, string[][] rows)
    {
        Field[] fields =
        [
            .. _penguins[0].Select(static (name, column) => new Field(name, IsText(column) ? StringType.Default : DoubleType.Default, nullable: true)),
            new Field("seen", Date32Type.Default, nullable: false),
        ];
        var seen = new Date32Array.Builder();
        for (int i = 0; i < rows.Length; i++)
        {
            seen.Append(DateTime.UnixEpoch);
        }

        IArrowArray[] arrays = [.. Enumerable.Range(0, _penguins[0].Length).Select(column => Array(rows, column)), seen.Build()];
        var schema = new Schema(fields, null);
        await using FileStream stream = File.Create(path);
        using var writer = new ArrowFileWriter(stream, schema);
        using var batch = new RecordBatch(schema, arrays, rows.Length);
        await writer.WriteRecordBatchAsync(batch);
        await writer.WriteEndAsync();
    }

    private static IArrowArray Array(string[][] rows, int column)
    {
        if (IsText(column))
        {
            return new StringArray.Builder().AppendRange(rows.Select(row => row[column])).Build();
        }

        var numbers = new DoubleArray.Builder();
        foreach (string[] row in rows)
        {
            numbers.Append(Number(row[column]));
        }

        return numbers.Build();
    }

    private static bool IsText(int column) => column is 0 or 1 or 6;

    private static double? Number(string cell) => cell == "NA" ? null : double.Parse(cell, CultureInfo.InvariantCulture);
}
