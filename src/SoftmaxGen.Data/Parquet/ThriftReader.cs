namespace SoftmaxGen.Data.Parquet;

/// <summary>Is told of a structure, and of its numbers.</summary>
/// <param name="type">The structure.</param>
/// <param name="id">The identifier of the field; 0 where the structure begins.</param>
/// <param name="value">The number.</param>
internal delegate void ThriftVisitor(ThriftType type, int id, long value);

/// <summary>
/// Goes through a structure in Thrift's compact protocol, and refuses what does not end within its bytes, or is not of its type. The library that reads the
/// structure afterwards looks at neither: it takes a number that does not end for one without end, and allocates lists and texts of any length.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="visitor">Told of structures and numbers, if anyone is.</param>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes, ThriftVisitor? visitor = null)
{
    // The formats' own structures are six deep.
    private const int MostLevels = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _levels;

    /// <summary>Gets the number of bytes that were read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads a structure.</summary>
    /// <exception cref="EndOfStreamException">It does not end within the bytes.</exception>
    /// <exception cref="InvalidDataException">It is of another type.</exception>
    public void ReadStruct(ThriftType type)
    {
        Enter();
        visitor?.Invoke(type, 0, 0);
        ulong seen = 0;
        int id = 0;
        for (int header = ReadByte(); header != (int)ThriftKind.Stop; header = ReadByte())
        {
            var kind = (ThriftKind)(header & 15);
            id = header >> 4 == 0 ? (int)ReadNumber(ThriftKind.Int16) : checked((short)(id + (header >> 4)));
            if (type.Field(id) is not { } field)
            {
                Skip(kind);
                continue;
            }

            ulong bit = 1UL << id;
            if (!field.Takes(kind) || (seen & bit) != 0)
            {
                throw new InvalidDataException($"field {id} is of kind {(int)kind}, or is there twice");
            }

            seen |= bit;
            if (field.Kind is ThriftKind.Int16 or ThriftKind.Int32 or ThriftKind.Int64)
            {
                long value = ReadNumber(kind);
                visitor?.Invoke(type, id, value);
            }
            else if (field.Kind != ThriftKind.True)
            {
                ReadValue(field);
            }
        }

        _levels--;
    }

    /// <summary>Reads a length: a whole number without a sign.</summary>
    /// <exception cref="EndOfStreamException">It does not end within the bytes.</exception>
    /// <exception cref="InvalidDataException">It is longer than a length may be.</exception>
    public int ReadLength()
    {
        ulong length = ReadVariable(5);
        return length <= int.MaxValue ? (int)length : throw new InvalidDataException($"a length is {length}");
    }

    private void ReadValue(ThriftType type)
    {
        switch (type.Kind)
        {
            case ThriftKind.Struct:
                ReadStruct(type);
                break;
            case ThriftKind.List:
                int count = ReadListHeader(out ThriftKind kind);
                if (count > 0 && !type.Element!.Takes(kind))
                {
                    throw new InvalidDataException($"a list has elements of kind {(int)kind}");
                }

                for (int i = 0; i < count; i++)
                {
                    ReadValue(type.Element!);
                }

                break;
            default:
                ReadScalar(type.Kind);
                break;
        }
    }

    // What is not known is passed over. The library loses its place behind structures and truth values of this kind, and so those are refused.
    private void Skip(ThriftKind kind)
    {
        Enter();
        switch (kind)
        {
            case ThriftKind.True or ThriftKind.False:
                break;
            case ThriftKind.Struct when ReadByte() == (int)ThriftKind.Stop:
                break;
            case ThriftKind.List:
                int count = ReadListHeader(out ThriftKind element);
                if (count > 0 && element is ThriftKind.True or ThriftKind.False)
                {
                    throw new InvalidDataException("a list that is not known has truth values");
                }

                for (int i = 0; i < count; i++)
                {
                    Skip(element);
                }

                break;
            default:
                ReadScalar(kind);
                break;
        }

        _levels--;
    }

    private void ReadScalar(ThriftKind kind)
    {
        switch (kind)
        {
            case ThriftKind.Byte:
                Advance(1);
                break;
            case ThriftKind.Int16 or ThriftKind.Int32 or ThriftKind.Int64:
                ReadNumber(kind);
                break;
            case ThriftKind.Double:
                Advance(sizeof(double));
                break;
            case ThriftKind.Binary:
                Advance(ReadLength());
                break;
            default:
                throw new InvalidDataException($"a field is of kind {(int)kind}");
        }
    }

    // Every element takes a byte at least.
    private int ReadListHeader(out ThriftKind element)
    {
        int header = ReadByte();
        element = (ThriftKind)(header & 15);
        int count = header >> 4 == 15 ? ReadLength() : header >> 4;
        return count <= _bytes.Length - Position ? count : throw new EndOfStreamException("a list is longer than what is left");
    }

    private long ReadNumber(ThriftKind kind)
    {
        ulong value = ReadVariable(kind == ThriftKind.Int64 ? 10 : 5);
        long number = (long)(value >> 1) ^ -(long)(value & 1);
        return kind switch
        {
            ThriftKind.Int16 => checked((short)number),
            ThriftKind.Int32 => checked((int)number),
            _ => number,
        };
    }

    private ulong ReadVariable(int mostBytes)
    {
        ulong value = 0;
        for (int i = 0; i < mostBytes; i++)
        {
            int next = ReadByte();
            value |= (ulong)(next & 127) << (7 * i);
            if (next < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException($"a number has more than {mostBytes} bytes");
    }

    private int ReadByte()
    {
        Advance(1);
        return _bytes[Position - 1];
    }

    private void Advance(int count)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            throw new EndOfStreamException("a field is longer than what is left");
        }

        Position += count;
    }

    private void Enter()
    {
        if (++_levels > MostLevels)
        {
            throw new InvalidDataException($"structures are more than {MostLevels} deep");
        }
    }
}
