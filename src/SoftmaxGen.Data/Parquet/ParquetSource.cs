using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Parquet;

/// <summary>The rows of a Parquet file.</summary>
internal sealed class ParquetSource : ColumnarSource
{
    private readonly PageStream _stream;
    private readonly ParquetReader _reader;
    private readonly ParquetSchema _schema;
    private readonly ParquetPages _pages;
    private int _group;
    private long _bytesRead;

    private ParquetSource(string path, PageStream stream, ParquetReader reader, ParquetPages pages)
        : base(path)
    {
        _stream = stream;
        _reader = reader;
        _schema = reader.Schema;
        _pages = pages;
        SetColumns([.. _schema.Fields.Select(static field => field.Name)], new DataFilePlace(path));
        Require(reader.Metadata?.NumRows ?? -1, reader.RowGroups.Sum(static group => group.RowCount), "the sum of row groups");
    }

    public override long BytesRead => _bytesRead;

    public override long TotalBytes => _stream.Length;

    /// <summary>Opens a file.</summary>
    public static ParquetSource Open(string path)
    {
        var stream = new PageStream(path);
        try
        {
            return Damage.Guard(new DataFilePlace(path), () => Open(path, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    protected override int Load(IReadOnlyCollection<int> selected, IReadOnlyList<string> missing, Column?[] columns)
    {
        if (_group == _reader.RowGroupCount)
        {
            return -1;
        }

        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(_group++);
        int count = checked((int)group.RowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        foreach (int index in selected)
        {
            columns[index] = Damage.Guard(
                new DataFilePlace(Name, Rows + 1) { Column = ColumnNames[index] }, () => Read(group, index, count, missing));
            _bytesRead = Math.Max(_bytesRead, _stream.Position);
        }

        return count;
    }

    protected override void Dispose(bool isDisposing)
    {
        Wait(async () =>
        {
            await _reader.DisposeAsync().ConfigureAwait(false);
            return true;
        });
        _stream.Dispose();
    }

    [SuppressMessage("Reliability", "CA2025", Justification = "The task is waited for.")]
    private static ParquetSource Open(string path, PageStream stream)
    {
        var pages = new ParquetPages(stream.Handle, ParquetFooter.Check(stream));
        return new ParquetSource(path, stream, Wait(() => ParquetReader.CreateAsync(stream, leaveStreamOpen: true)), pages);
    }

    // The library knows no other way. On a thread of the pool there is no context to come back to, and so none to wait for.
    private static TResult Wait<TResult>(Func<Task<TResult>> start) => Task.Run(start).GetAwaiter().GetResult();

    private static void Wait(Func<ValueTask> start) => Task.Run(async () => await start().ConfigureAwait(false)).GetAwaiter().GetResult();

    // What the file says twice must agree: a row group that says less than its columns have would lose rows.
    private static void Require(long expected, long actual, string what)
    {
        if (actual != expected)
        {
            throw new InvalidDataException($"{what} has {actual} rows of {expected}");
        }
    }

    private Column Read(ParquetRowGroupReader group, int index, int count, IReadOnlyList<string> missing)
    {
        if (_schema.Fields[index] is not DataField { IsArray: false, MaxRepetitionLevel: 0 } field)
        {
            return new OtherColumn(ColumnNames[index], Name, _schema.Fields[index].SchemaType.ToString());
        }

        ColumnChunk? column = group.GetMetadata(field);
        Require(count, column?.MetaData?.NumValues ?? -1, "the column");
        _stream.End = _pages.Check(column!, count);
        return System.Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => Numbers<double>(group, field, count),
            TypeCode.Single => Numbers<float>(group, field, count),
            TypeCode.Decimal => Numbers<decimal>(group, field, count),
            TypeCode.SByte => Numbers<sbyte>(group, field, count),
            TypeCode.Int16 => Numbers<short>(group, field, count),
            TypeCode.Int32 => Numbers<int>(group, field, count),
            TypeCode.Int64 => Numbers<long>(group, field, count),
            TypeCode.Byte => Numbers<byte>(group, field, count),
            TypeCode.UInt16 => Numbers<ushort>(group, field, count),
            TypeCode.UInt32 => Numbers<uint>(group, field, count),
            TypeCode.UInt64 => Numbers<ulong>(group, field, count),
            TypeCode.Boolean => Truths(group, field, count),
            TypeCode.String => Texts(group, field, count, missing),
            _ when field.ClrType == typeof(ReadOnlyMemory<char>) => Texts(group, field, count, missing),
            _ => new OtherColumn(field.Name, Name, field.ClrType.Name),
        };
    }

    private static ArrayColumn<TNumber> Numbers<TNumber>(ParquetRowGroupReader group, DataField field, int count)
        where TNumber : struct, INumber<TNumber>
    {
        (TNumber[] values, bool[] isMissing) = Values<TNumber>(group, field, count);
        return new ArrayColumn<TNumber>(field.Name, values, isMissing);
    }

    private static TruthColumn Truths(ParquetRowGroupReader group, DataField field, int count)
    {
        (bool[] values, bool[] isMissing) = Values<bool>(group, field, count);
        return new TruthColumn(field.Name, row => isMissing.Length > 0 && isMissing[row] ? null : values[row]);
    }

    private static TextArrayColumn Texts(ParquetRowGroupReader group, DataField field, int count, IReadOnlyList<string> missing)
    {
        string?[] texts = new string?[count];
        Wait(() => group.ReadAsync(field, texts.AsMemory()!));
        return new TextArrayColumn(field.Name, texts, new FieldText(CultureInfo.InvariantCulture, missing));
    }

    private static (TValue[] Values, bool[] IsMissing) Values<TValue>(ParquetRowGroupReader group, DataField field, int count)
        where TValue : struct
    {
        TValue[] values = new TValue[count];
        if (!field.IsNullable)
        {
            Wait(() => group.ReadAsync<TValue>(field, values));
            return (values, []);
        }

        TValue?[] nullable = new TValue?[count];
        Wait(() => group.ReadAsync<TValue>(field, nullable.AsMemory()));
        bool[] isMissing = new bool[count];
        bool areAny = false;
        for (int row = 0; row < nullable.Length; row++)
        {
            values[row] = nullable[row].GetValueOrDefault();
            isMissing[row] = nullable[row] is null;
            areAny |= isMissing[row];
        }

        return (values, areAny ? isMissing : []);
    }

    private sealed class TextArrayColumn(string name, string?[] texts, FieldText text) : TextColumn(name, text)
    {
        public override ReadOnlySpan<char> Text(int row) => texts[row];
    }
}
