using System.Globalization;
using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Parquet files.</summary>
public sealed class ParquetTests
{
    private const int Rows = 3000;

    private static readonly int[] _labels = [-1, 0, 7];

    private static TrainingSet<Listed, double> Expected(Func<int, double> a, int groups = 1) => Listed.CreateTrainingSet(
        [.. Enumerable.Range(0, Rows * groups).SelectMany(i => new[] { a(i % Rows), i % Rows * 0.1 })],
        [.. Enumerable.Range(0, Rows * groups).Select(static i => _labels[i % Rows % 3])]);

    private static TrainingSet<Listed, double> Read(string path, DataFileOptions? options = null)
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(DataFile.Parquet(path), options);
        return builder.Build();
    }

    private static Task WriteAsync<TValue>(string path, Func<int, TValue> a, int groups = 1, CompressionMethod compression = CompressionMethod.Snappy)
        where TValue : struct => WriteAsync(
            path,
            new DataField<TValue>("a"),
            (group, field) => group.WriteAsync<TValue>(field, Enumerable.Range(0, Rows).Select(a).ToArray()),
            groups,
            compression);

    private static async Task WriteAsync(
        string path, DataField a, Func<ParquetRowGroupWriter, DataField, Task> write, int groups = 1, CompressionMethod compression = CompressionMethod.Snappy)
    {
        var b = new DataField<double>("b");
        var label = new DataField<int>("label");
        var id = new DataField<int>("id");
        var schema = new ParquetSchema(id, a, b, label);
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = compression });
        for (int group = 0; group < groups; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<int>(id, Enumerable.Range(0, Rows).ToArray());
            await write(rows, a);
            await rows.WriteAsync<double>(b, Enumerable.Range(0, Rows).Select(static i => i * 0.1).ToArray());
            await rows.WriteAsync<int>(label, Enumerable.Range(0, Rows).Select(static i => _labels[i % 3]).ToArray());
        }
    }

    [Theory]
    [InlineData("double")]
    [InlineData("float")]
    [InlineData("sbyte")]
    [InlineData("short")]
    [InlineData("int")]
    [InlineData("long")]
    [InlineData("byte")]
    [InlineData("ushort")]
    [InlineData("uint")]
    [InlineData("ulong")]
    [InlineData("bool")]
    [InlineData("decimal")]
    [InlineData("text")]
    public async Task Columns_of_every_type_are_numbers(string type)
    {
        using var file = new TempFile("parquet");
        Func<int, double> value = static i => i % 100;
        switch (type)
        {
            case "double":
                await WriteAsync(file.Path, static i => i * 0.3);
                value = static i => i * 0.3;
                break;
            case "float":
                await WriteAsync(file.Path, static i => i * 0.3f);
                value = static i => i * 0.3f;
                break;
            case "sbyte":
                await WriteAsync(file.Path, static i => (sbyte)(i % 100));
                break;
            case "short":
                await WriteAsync(file.Path, static i => (short)(i % 100));
                break;
            case "int":
                await WriteAsync(file.Path, static i => i % 100);
                break;
            case "long":
                await WriteAsync(file.Path, static i => i * 1_000_000_007L);
                value = static i => i * 1_000_000_007L;
                break;
            case "byte":
                await WriteAsync(file.Path, static i => (byte)(i % 100));
                break;
            case "ushort":
                await WriteAsync(file.Path, static i => (ushort)(i % 100));
                break;
            case "uint":
                await WriteAsync(file.Path, static i => (uint)(i % 100));
                break;
            case "ulong":
                await WriteAsync(file.Path, static i => ulong.MaxValue - (ulong)i);
                value = static i => ulong.MaxValue - (ulong)i;
                break;
            case "bool":
                await WriteAsync(file.Path, static i => i % 3 == 0);
                value = static i => i % 3 == 0 ? 1 : 0;
                break;
            case "decimal":
                await WriteAsync(file.Path, new DecimalDataField("a", 20, 3), static (rows, field) =>
                    rows.WriteAsync<decimal>(field, Enumerable.Range(0, Rows).Select(static i => i * 0.125m).ToArray()));
                value = static i => i * 0.125;
                break;
            default:
                await WriteAsync(file.Path, new DataField<string>("a"), static (rows, field) =>
                    rows.WriteAsync(field, Enumerable.Range(0, Rows).Select(static i => (i * 0.25).ToString(CultureInfo.InvariantCulture)).ToArray()));
                value = static i => i * 0.25;
                break;
        }

        using TrainingSet<Listed, double> read = Read(file.Path);
        using TrainingSet<Listed, double> expected = Expected(value);
        Sets.Equal(expected, read);
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Row_groups_follow_one_another(CompressionMethod compression)
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, static i => i * 0.3, groups: 3, compression);
        using var builder = new TrainingSetBuilder<Listed, double>();
        DataFileReport report = builder.AddFile(DataFile.Parquet(file.Path));
        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(static i => i * 0.3, groups: 3);
        Sets.Equal(expected, read);
        Assert.Equal(3 * Rows, report.Rows);
        Assert.Equal(["id"], report.UnusedColumns);
    }

    [Fact]
    public async Task Nulls_are_missing()
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, new DataField<double>("a", nullable: true), static (rows, field) =>
            rows.WriteAsync<double>(field, Enumerable.Range(0, Rows).Select(static i => i == 7 ? (double?)null : i * 0.3).ToArray()));

        DataFileException error = Assert.Throws<DataFileException>(() => Read(file.Path));
        Assert.StartsWith($"{file.Path}, row 8, column 'a': the value is missing", error.Message, StringComparison.Ordinal);
        using TrainingSet<Listed, double> read = Read(file.Path, new DataFileOptions { IncompleteRows = IncompleteRows.Skip });
        Assert.Equal((Rows - 1, 1), (read.RowCount, read.SkippedRowCount));
        int[] rest = [.. Enumerable.Range(0, Rows).Where(static i => i != 7)];
        using TrainingSet<Listed, double> expected = Listed.CreateTrainingSet(
            [.. rest.SelectMany(static i => new[] { i * 0.3, i * 0.1 })], [.. rest.Select(static i => _labels[i % 3])]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public async Task A_column_of_another_kind_is_refused_where_it_is_needed()
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, static i => new DateTime(2026, 1, 1, 0, 0, i % 60, DateTimeKind.Utc));
        DataFileException error = Assert.Throws<DataFileException>(() => Read(file.Path));
        Assert.Equal($"{file.Path}, column 'a': the column is of type DateTime, and no numbers, truth values or text; convert it where the file is written.",
            error.Message);
        using TrainingSet<Listed, double> read = Read(file.Path, new DataFileOptions { Columns = new Dictionary<string, string> { ["a"] = "id" } });
        using TrainingSet<Listed, double> expected = Expected(static i => i);
        Sets.Equal(expected, read);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_anywhere_is_refused()
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, static i => i * 0.3, groups: 2);
        byte[] bytes = await File.ReadAllBytesAsync(file.Path);
        for (int length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
        {
            await File.WriteAllBytesAsync(file.Path, bytes[..length]);
            DataFileException error = Assert.Throws<DataFileException>(() => Read(file.Path));
            Assert.StartsWith(file.Path, error.Message, StringComparison.Ordinal);
        }
    }
}
