using static SoftmaxGen.Data.Parquet.ThriftType;

namespace SoftmaxGen.Data.Parquet;

/// <summary>The structures of Parquet's footers and page headers, as its specification numbers their fields.</summary>
internal static class ParquetFormat
{
    /// <summary>What precedes and what ends a file.</summary>
    public const int MagicBytes = 4;

    /// <summary>The identifier of the number of children of a <see cref="SchemaElement"/>.</summary>
    public const int NumChildren = 5;

    /// <summary>The identifier of the number of rows of <see cref="FileMetadata"/>.</summary>
    public const int NumRows = 3;

    private static readonly ThriftType _empty = Struct();

    private static readonly ThriftType _statistics = Struct(Bytes, Bytes, I64, I64, Bytes, Bytes, Truth, Truth);

    private static readonly ThriftType _time = Struct(Truth, Struct(_empty, _empty, _empty));

    private static readonly ThriftType _geographic = Struct(Bytes, I32);

    // Text, maps, lists, enums, decimals, dates, times, moments; 9 is not in use; integers, nulls, JSON, BSON, UUIDs, halves, variants, two of geography.
    private static readonly ThriftType _logicalType = Struct(
        _empty, _empty, _empty, _empty, Struct(I32, I32), _empty, _time, _time, null, Struct(I8, Truth), _empty, _empty, _empty, _empty, _empty,
        Struct(I8), _geographic, _geographic);

    private static readonly ThriftType _keyValues = List(Struct(Bytes, Bytes));

    private static readonly ThriftType _sizes = Struct(I64, List(I64), List(I64));

    private static readonly ThriftType _geography = Struct(
        Struct(Real, Real, Real, Real, Real, Real, Real, Real),
        List(I32));

    private static readonly ThriftType _columnMetadata = Struct(
        I32, List(I32), List(Bytes), I32, I64, I64, I64, _keyValues, I64, I64, I64, _statistics, List(Struct(I32, I32, I32)), I64, I32,
        _sizes, _geography);

    private static readonly ThriftType _column = Struct(
        Bytes, I64, _columnMetadata, I64, I32, I64, I32, Struct(_empty, Struct(List(Bytes), Bytes)), Bytes);

    private static readonly ThriftType _rowGroup = Struct(List(_column), I64, I64, List(Struct(I32, Truth, Truth)), I64, I64, I16);

    private static readonly ThriftType _encryption = Struct(Bytes, Bytes, Truth);

    /// <summary>Gets the structure of a column or a group of columns.</summary>
    public static ThriftType SchemaElement { get; } = Struct(I32, I32, I32, Bytes, I32, I32, I32, I32, I32, _logicalType);

    /// <summary>Gets the structure of the footer.</summary>
    public static ThriftType FileMetadata { get; } = Struct(
        I32, List(SchemaElement), I64, List(_rowGroup), _keyValues, Bytes, List(Struct(_empty)), Struct(_encryption, _encryption), Bytes);

    /// <summary>Gets the structure of the header of a page of values.</summary>
    public static ThriftType DataPage { get; } = Struct(I32, I32, I32, I32, _statistics);

    /// <summary>Gets the structure of the header of a page of the dictionary.</summary>
    public static ThriftType DictionaryPage { get; } = Struct(I32, I32, Truth);

    /// <summary>Gets the structure of the header of a page of values whose levels are not compressed.</summary>
    public static ThriftType DataPage2 { get; } = Struct(I32, I32, I32, I32, I32, I32, Truth, _statistics);

    /// <summary>Gets the structure of the header of a page.</summary>
    public static ThriftType PageHeader { get; } = Struct(I32, I32, I32, I32, DataPage, _empty, DictionaryPage, DataPage2);
}
