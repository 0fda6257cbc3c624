using Microsoft.Win32.SafeHandles;
using Parquet.Meta;
using SoftmaxGen.Data.Columns;
using ZstdSharp;

namespace SoftmaxGen.Data.Parquet;

/// <summary>
/// The pages of a column in a row group, before the library reads them: they must lie within the file, have as many values as there are rows, and say lengths
/// that the memory they ask for is worth.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="end">Where the pages of the file end.</param>
internal sealed class ParquetPages(SafeFileHandle file, long end)
{
    // What a page may take uncompressed, whatever the column says of itself: pages have a megabyte, as a rule.
    private const long FreeBytes = 16 << 20;

    private const int FewestHeaderBytes = 4096;
    private const int MostHeaderBytes = 16 << 20;

    private readonly Dictionary<(ThriftType Type, int Id), int> _header = [];
    private byte[] _bytes = [];

    /// <summary>Checks the pages of a column.</summary>
    /// <returns>Where its last page ends.</returns>
    /// <exception cref="EndOfStreamException">A page is longer than the file, or there are fewer values than rows.</exception>
    /// <exception cref="InvalidDataException">A page is not what a page is.</exception>
    public long Check(ColumnChunk chunk, int count)
    {
        ColumnMetaData column = chunk.MetaData!;
        Damage.Require(string.IsNullOrEmpty(chunk.FilePath), $"the values are in another file, {chunk.FilePath}");
        long position = new[] { column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0 }
            .Where(static offset => offset != 0).DefaultIfEmpty().Min();
        for (long values = 0; values < count;)
        {
            position += ReadHeader(position);
            int compressed = Length(ParquetFormat.PageHeader, 3);
            if (compressed > end - position)
            {
                throw new EndOfStreamException($"a page of {compressed} bytes lies at {position} of {end}");
            }

            values += CheckPage(column, position, compressed);
            position += compressed;
            Damage.Require(values <= count, $"pages have {values} values, and the row group {count}");
        }

        return position;
    }

    private long CheckPage(ColumnMetaData column, long position, int compressed)
    {
        int length = Length(ParquetFormat.PageHeader, 2);
        int levels = 0;
        int values = 0;
        switch ((PageType)Number(ParquetFormat.PageHeader, 1))
        {
            case PageType.DATA_PAGE:
                values = Length(ParquetFormat.DataPage, 1);
                break;
            case PageType.DATA_PAGE_V2:
                values = Length(ParquetFormat.DataPage2, 1);
                levels = Length(ParquetFormat.DataPage2, 5) + Length(ParquetFormat.DataPage2, 6);
                Damage.Require(Length(ParquetFormat.DataPage2, 2) <= values && levels >= 0 && levels <= compressed,
                    "a page has more nulls than values, or more levels than bytes");
                break;
            case PageType.DICTIONARY_PAGE:
                Damage.Require(Length(ParquetFormat.DictionaryPage, 1) <= length, "a dictionary has more values than bytes");
                break;
        }

        CheckLength(column, length, position + levels, compressed - levels);
        return values;
    }

    private int Number(ThriftType type, int id) => _header.GetValueOrDefault((type, id));

    private int Length(ThriftType type, int id)
    {
        int length = Number(type, id);
        Damage.Require(length >= 0, "a page has a length below 0");
        return length;
    }

    // The library allocates what the header of the page says, or what the compressed bytes say of themselves.
    private void CheckLength(ColumnMetaData column, int length, long position, int compressed)
    {
        long most = Math.Max(FreeBytes, column.TotalUncompressedSize);
        switch (column.Codec)
        {
            case CompressionCodec.SNAPPY when compressed > 0:
                Damage.Require(new ThriftReader(Read(position, Math.Min(compressed, 5))).ReadLength() <= most,
                    "compressed bytes say that they are more than the column has");
                break;
            case CompressionCodec.ZSTD when compressed > 0:
                Damage.Require(
                    Decompressor.GetDecompressedSize(Read(position, compressed)) <= (ulong)most, "compressed bytes say that they are more than the column has");
                break;
        }

        Damage.Require(length <= most, $"a page of {compressed} bytes says that it has {length}, which is more than the column has");
    }

    // The length of a header is not known before it is read.
    private int ReadHeader(long position)
    {
        for (int length = FewestHeaderBytes; ; length *= 2)
        {
            ReadOnlySpan<byte> bytes = Read(position, length);
            _header.Clear();
            var reader = new ThriftReader(bytes, (type, id, value) => _header[(type, id)] = (int)value);
            try
            {
                reader.ReadStruct(ParquetFormat.PageHeader);
                return reader.Position;
            }
            catch (EndOfStreamException) when (bytes.Length == length && length < MostHeaderBytes)
            {
            }
        }
    }

    private ReadOnlySpan<byte> Read(long position, int count)
    {
        int length = (int)Math.Clamp(end - position, 0, count);
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        int read = 0;
        while (read < length)
        {
            int part = RandomAccess.Read(file, _bytes.AsSpan(read, length - read), position + read);
            Damage.Require(part > 0, "the file became shorter");
            read += part;
        }

        return _bytes.AsSpan(0, length);
    }
}
