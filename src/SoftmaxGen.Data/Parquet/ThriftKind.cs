namespace SoftmaxGen.Data.Parquet;

/// <summary>What a value is, by its number in Thrift's compact protocol.</summary>
internal enum ThriftKind
{
    /// <summary>The end of a structure.</summary>
    Stop = 0,

    /// <summary>A truth value. A field's own is in its kind.</summary>
    True = 1,

    /// <summary>The other truth value.</summary>
    False = 2,

    /// <summary>A byte.</summary>
    Byte = 3,

    /// <summary>A whole number of two bytes, in a variable number of them.</summary>
    Int16 = 4,

    /// <summary>A whole number of four bytes, in a variable number of them.</summary>
    Int32 = 5,

    /// <summary>A whole number of eight bytes, in a variable number of them.</summary>
    Int64 = 6,

    /// <summary>A number of double precision.</summary>
    Double = 7,

    /// <summary>Bytes or text, behind their length.</summary>
    Binary = 8,

    /// <summary>Values of one kind, behind their number.</summary>
    List = 9,

    /// <summary>Fields, each with its identifier.</summary>
    Struct = 12,
}
