using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Parquet files with a changed byte: in the footer, in the headers of pages and in the pages.</summary>
[Collection(Allocations.Name)]
public sealed class DamagedParquetTests
{
    private const int Rows = 50;

    // In the footer every byte is changed in each of these ways, in a longer search in all ways.
    private static readonly byte[] _masks =
        [.. new byte[] { 0x01, 0x80, 0x02, 0x40, 0xFF }.Concat(Enumerable.Range(1, 255).Select(static mask => (byte)mask)).Distinct()
            .Take(LongSetting.Of("SOFTMAXGEN_FILE_MUTATIONS", 200) / 100)];

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public Task A_changed_byte_loses_no_row() => ChangeAsync(CompressionMethod.None);

    [Theory]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Lz4Raw)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public Task A_changed_byte_loses_no_row_where_pages_are_compressed(CompressionMethod compression) => ChangeAsync(compression);

    // The rows are counted twice, in the footer and in its row groups, and the values of each column once more.
    [Theory]
    [InlineData("rows of the file", "the sum of row groups has 100 rows of 101")]
    [InlineData("rows of a group", "column 'a': the file is damaged, cut off, or of another kind (the column has 50 rows of 51)")]
    [InlineData("rows of a group, missing", "column 'a': the file is damaged, cut off, or of another kind (the column has 50 rows of 49)")]
    public async Task What_is_said_twice_must_agree(string what, string message)
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, CompressionMethod.None);
        byte[] bytes = await File.ReadAllBytesAsync(file.Path);

        // 100 rows, then the list of two row groups; of a group the field behind its bytes. Numbers are twice as large, because of their sign.
        int all = bytes.AsSpan().IndexOf(new byte[] { 0x16, 0xC8, 0x01, 0x19, 0x2C });
        int more = what == "rows of a group, missing" ? -2 : 2;
        bytes[all + 1] = (byte)(bytes[all + 1] + more);
        if (what != "rows of the file")
        {
            int group = bytes.AsSpan().LastIndexOf(new byte[] { 0x16, 2 * Rows });
            bytes[group + 1] = (byte)(bytes[group + 1] + more);
        }

        await File.WriteAllBytesAsync(file.Path, bytes);
        using var builder = new TrainingSetBuilder<Listed, double>();
        DataFileException error = Assert.Throws<DataFileException>(() => builder.AddFile(DataFile.Parquet(file.Path)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, builder.RowCount);
    }

    private static async Task ChangeAsync(CompressionMethod compression)
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, compression);
        byte[] bytes = await File.ReadAllBytesAsync(file.Path);
        int refused = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte mask in _masks)
            {
                bytes[at] ^= mask;
                await File.WriteAllBytesAsync(file.Path, bytes);
                bytes[at] ^= mask;
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                refused += await Task.Run(() => IsRefused(file.Path)).WaitAsync(Allocations.Longest) ? 1 : 0;
                allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                Assert.True(allocated < Allocations.Most, $"byte {at} of {bytes.Length} with {mask}: {allocated} bytes");
            }
        }

        Assert.InRange(refused, bytes.Length / 2, _masks.Length * bytes.Length);
    }

    private static bool IsRefused(string path)
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        try
        {
            builder.AddFile(DataFile.Parquet(path));
            Assert.Equal(2 * Rows, builder.RowCount);
            return false;
        }
        catch (DataFileException error)
        {
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            Assert.Equal(0, builder.RowCount);
            return true;
        }
    }

    private static async Task WriteAsync(string path, CompressionMethod compression)
    {
        var a = new DataField<double>("a", nullable: true);
        var b = new DataField<int>("b");
        var label = new DataField<string>("label");
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(a, b, label), stream, new ParquetOptions { CompressionMethod = compression });
        for (int group = 0; group < 2; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            await rows.WriteAsync<double>(a, Enumerable.Range(0, Rows).Select(static i => (double?)(i * 0.3)).ToArray());
            await rows.WriteAsync<int>(b, Enumerable.Range(0, Rows).ToArray());
            await rows.WriteAsync(label, Enumerable.Range(0, Rows).Select(static i => new[] { "-1", "0", "7" }[i % 3]).ToArray());
        }
    }
}
