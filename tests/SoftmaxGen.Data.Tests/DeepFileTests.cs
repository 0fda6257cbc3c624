using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Types;
using SoftmaxGen.Data.Parquet;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Files whose structures lie within one another more deeply than a stack can take, or say that they are longer than they are.</summary>
public sealed class DeepFileTests
{
    private const byte StructField = 0x1C;
    private const byte ListField = 0x19;
    private const byte Stop = 0;

    private static DataFileException Refuse(DataFile file)
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        return Assert.Throws<DataFileException>(() => builder.AddFile(file));
    }

    private static string RefuseFooter(byte[] footer)
    {
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        using var file = new TempFile("parquet");
        File.WriteAllBytes(file.Path, [.. "PAR1"u8, .. footer, .. length, .. "PAR1"u8]);
        return Refuse(DataFile.Parquet(file.Path)).Message;
    }

    private static void Read(params byte[] bytes) => new ThriftReader(bytes).ReadStruct(ParquetFormat.FileMetadata);

    [Fact]
    public void Columns_of_Parquet_that_are_too_deep_are_refused()
    {
        // The second field is the list of columns, each with the one that follows it as its only child.
        const int Depth = 100_000;
        byte[] count = [(byte)((Depth & 127) | 128), (byte)(((Depth >> 7) & 127) | 128), (byte)(Depth >> 14)];
        byte[] column = [0x55, 2, Stop];
        byte[] footer = [0x29, 0xFC, .. count, .. Enumerable.Repeat(column, Depth).SelectMany(static bytes => bytes), 0x16, 0, ListField, 0x0C, Stop];
        Assert.Contains("columns are more than 64 deep", RefuseFooter(footer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_footer_without_rows_or_with_bytes_behind_is_refused()
    {
        // The root without columns, no rows, no row groups; then without the number of rows, and with a byte too many.
        byte[] start = [0x29, 0x1C, 0x55, 0, Stop];
        byte[] rows = [0x16, 0, ListField, 0x0C, Stop];
        Assert.DoesNotContain("the footer ends", RefuseFooter([.. start, .. rows]), StringComparison.Ordinal);
        Assert.Contains("the footer ends after 8 bytes of 8", RefuseFooter([.. start, 0x29, 0x0C, Stop]), StringComparison.Ordinal);
        Assert.Contains("the footer ends after 10 bytes of 11", RefuseFooter([.. start, .. rows, Stop]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stream")]
    public void Columns_of_Arrow_that_are_too_deep_are_refused(string kind)
    {
        IArrowArray array = new Int32Array.Builder().Append(0).Build();
        for (int level = 0; level < 100; level++)
        {
            var type = new StructType([new Apache.Arrow.Field("x", array.Data.DataType, nullable: true)]);
            array = new StructArray(type, 1, [array], ArrowBuffer.Empty);
        }

        using var batch = new RecordBatch(new Schema([new Apache.Arrow.Field("a", array.Data.DataType, nullable: true)], null), [array], 1);
        using var file = new TempFile("arrow");
        ArrowTests.Write(file.Path, kind, null, [batch]);
        Assert.Contains("columns are more than 64 deep", Refuse(DataFile.Arrow(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_are_not_known_and_too_deep_are_refused()
    {
        // A field with identifier 15: a list of a list of a list ...
        byte[] lists = [.. Enumerable.Repeat((byte)0x19, 100)];
        Assert.Throws<InvalidDataException>(() => Read([0xF9, .. lists, Stop, Stop]));
    }

    [Fact]
    public void What_is_longer_than_its_bytes_is_refused()
    {
        // A number, a text, a list and a structure that do not end.
        Assert.Throws<EndOfStreamException>(() => Read(0x15, 0xFF));
        Assert.Throws<EndOfStreamException>(() => Read(0x68, 0x7F, 1));
        Assert.Throws<EndOfStreamException>(() => Read(0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0x7F, Stop));
        Assert.Throws<EndOfStreamException>(() => Read(0x15, 2));
        Assert.Throws<EndOfStreamException>(() => Read());
    }

    [Fact]
    public void What_is_of_another_kind_is_refused()
    {
        // A structure in the place of a number, a field that is there twice, a number of more bytes than it can have.
        Assert.Throws<InvalidDataException>(() => Read(StructField, Stop, Stop));
        Assert.Throws<InvalidDataException>(() => Read(0x15, 2, 0x05, 2, 2, Stop));
        Assert.Throws<InvalidDataException>(() => Read(0x15, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, Stop));
    }

    [Fact]
    public void What_is_not_known_is_passed_over()
    {
        // Fields with identifiers 11 to 14: a number, a text, a list of bytes and a structure without fields. The library cannot pass over one with fields.
        Read(0xB5, 2, 0x18, 3, 1, 2, 3, ListField, 0x23, 1, 2, StructField, Stop, Stop);
        Assert.Throws<InvalidDataException>(() => Read(0xBC, 0x15, 2, Stop, Stop));
    }
}
