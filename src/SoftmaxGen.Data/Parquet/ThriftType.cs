namespace SoftmaxGen.Data.Parquet;

/// <summary>The type of a value that a file has in Thrift's compact protocol.</summary>
internal sealed class ThriftType
{
    public static readonly ThriftType Truth = new(ThriftKind.True);
    public static readonly ThriftType I8 = new(ThriftKind.Byte);
    public static readonly ThriftType I16 = new(ThriftKind.Int16);
    public static readonly ThriftType I32 = new(ThriftKind.Int32);
    public static readonly ThriftType I64 = new(ThriftKind.Int64);
    public static readonly ThriftType Real = new(ThriftKind.Double);
    public static readonly ThriftType Bytes = new(ThriftKind.Binary);

    private readonly ThriftType?[] _fields;

    private ThriftType(ThriftKind kind, ThriftType? element = null, ThriftType?[]? fields = null)
    {
        Kind = kind;
        Element = element;
        _fields = fields ?? [];
    }

    /// <summary>Gets the kind of the value.</summary>
    public ThriftKind Kind { get; }

    /// <summary>Gets the type of what a list has; null for all else.</summary>
    public ThriftType? Element { get; }

    /// <summary>Makes the type of a list.</summary>
    public static ThriftType List(ThriftType element) => new(ThriftKind.List, element);

    /// <summary>Makes the type of a structure.</summary>
    /// <param name="fields">The types of its fields, whose identifiers count from 1; null where an identifier is not in use.</param>
    public static ThriftType Struct(params ThriftType?[] fields) => new(ThriftKind.Struct, element: null, fields);

    /// <summary>Gets the type of a field.</summary>
    /// <returns>The type; null where it is not known.</returns>
    public ThriftType? Field(int id) => id >= 1 && id <= _fields.Length ? _fields[id - 1] : null;

    /// <summary>Tells whether a value may be of this type.</summary>
    public bool Takes(ThriftKind kind) => kind == Kind || (Kind == ThriftKind.True && kind == ThriftKind.False);
}
