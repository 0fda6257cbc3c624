using Microsoft.Win32.SafeHandles;
using Parquet.Meta;
using SoftmaxGen.Data.Parquet;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Pages that are written by hand, whose header says how long they become.</summary>
public sealed class PageLengthTests
{
    private const int Values = 5;
    private const int Compressed = 40;

    [Theory]
    [InlineData(CompressionCodec.GZIP)]
    [InlineData(CompressionCodec.BROTLI)]
    [InlineData(CompressionCodec.LZ4_RAW)]
    [InlineData(CompressionCodec.UNCOMPRESSED)]
    public void A_page_is_no_longer_than_its_column_and_than_16_MiB(CompressionCodec codec)
    {
        long end = Check(codec, uncompressed: 16 << 20, columnBytes: 100);
        Assert.Equal(end, Check(codec, uncompressed: (16 << 20) + 1, columnBytes: (16 << 20) + 1));

        Assert.Contains(
            "a page of 40 bytes says that it has 16777217, which is more than the column has",
            Assert.Throws<InvalidDataException>(() => Check(codec, uncompressed: (16 << 20) + 1, columnBytes: 100)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_is_not_below_0() =>
        Assert.Throws<InvalidDataException>(() => Check(CompressionCodec.GZIP, uncompressed: -1, columnBytes: 100));

    // The compact protocol of Thrift: fields of a structure by their distance and their type, 5 for a number and 12 for a structure; 0 ends one.
    private static long Check(CompressionCodec codec, int uncompressed, long columnBytes)
    {
        byte[] header =
        [
            0x15, .. Number(0),
            0x15, .. Number(uncompressed),
            0x15, .. Number(Compressed),
            0x2C, 0x15, .. Number(Values), 0x15, .. Number(0), 0x15, .. Number(3), 0x15, .. Number(3), 0,
            0,
        ];
        using var file = new TempFile("parquet");
        File.WriteAllBytes(file.Path, [.. header, .. new byte[Compressed]]);
        using SafeFileHandle handle = File.OpenHandle(file.Path);
        var chunk = new ColumnChunk { MetaData = new ColumnMetaData { Codec = codec, TotalUncompressedSize = columnBytes } };
        return new ParquetPages(handle, header.Length + Compressed).Check(chunk, Values);
    }

    // The sign is the lowest bit; seven bits to a byte.
    private static IEnumerable<byte> Number(int value)
    {
        uint bits = (uint)((value << 1) ^ (value >> 31));
        for (; bits > 0x7F; bits >>= 7)
        {
            yield return (byte)(bits | 0x80);
        }

        yield return (byte)bits;
    }
}
