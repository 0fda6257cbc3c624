using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace SoftmaxGen.Onnx.Wire;

/// <summary>
/// Reads the fields of one protobuf message out of a buffer, in the order they come. Messages and bytes inside it are slices of the same buffer, so that
/// what a damaged length can claim is bounded by the bytes there are. A structure without objects of its own: a file may repeat an empty message a million
/// times. Each copy of it reads on by itself.
/// </summary>
/// <param name="bytes">The message.</param>
/// <param name="name">What to call the message in an exception.</param>
/// <param name="budget">How many messages the file may still have.</param>
internal struct WireReader(ArraySegment<byte> bytes, string name, MessageBudget budget)
{
    private const int MostVarintBytes = 10;

    // Refuses what is not UTF-8 instead of replacing it.
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;
    private uint _tag;
    private bool _isUnread;

    /// <summary>Gets the number of the current field.</summary>
    public readonly int Field => WireFormat.GetTagFieldNumber(_tag);

    private readonly WireFormat.WireType Type => WireFormat.GetTagWireType(_tag);

    /// <summary>Goes on to the next field. A field that was not read is passed over.</summary>
    public bool Next()
    {
        if (_isUnread)
        {
            Skip();
        }

        if (_position == bytes.Count)
        {
            return false;
        }

        _tag = unchecked((uint)ReadVarint());
        _isUnread = true;
        return Field > 0 ? true : throw new ModelFormatException($"The {name} has a field with the number 0.");
    }

    /// <summary>Goes on to the next field of a number, past all others.</summary>
    public bool Next(int field)
    {
        bool hasNext = Next();
        while (hasNext && Field != field)
        {
            hasNext = Next();
        }

        return hasNext;
    }

    private void Skip()
    {
        switch (Type)
        {
            case WireFormat.WireType.Varint:
                ReadVarint();
                break;
            case WireFormat.WireType.Fixed32:
                Take(sizeof(int));
                break;
            case WireFormat.WireType.Fixed64:
                Take(sizeof(long));
                break;
            case WireFormat.WireType.LengthDelimited:
                ReadBytes();
                break;
            default:
                throw new ModelFormatException($"Field {Field} of the {name} is a group, which the format does not have.");
        }
    }

    /// <summary>Reads an integer or the value of an enum.</summary>
    public long ReadInteger()
    {
        Expect(WireFormat.WireType.Varint);
        return ReadVarint();
    }

    /// <summary>Reads a number.</summary>
    public float ReadSingle()
    {
        Expect(WireFormat.WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    /// <summary>Reads a text.</summary>
    public string ReadText() => _strict.GetString(ReadBytes());

    /// <summary>Reads a message.</summary>
    public WireReader ReadMessage(string messageName)
    {
        ArraySegment<byte> message = ReadBytes();
        budget.Take();
        return new WireReader(message, messageName, budget);
    }

    /// <summary>Reads bytes, which are not copied.</summary>
    public ArraySegment<byte> ReadBytes()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        long length = ReadVarint();
        return length >= 0 && length <= bytes.Count - _position
            ? Take((int)length)
            : throw new ModelFormatException($"Field {Field} of the {name} claims {length} bytes, but {bytes.Count - _position} are left of it.");
    }

    /// <summary>Reads one or, when packed, several of repeated integers.</summary>
    public void ReadIntegers(List<long> values)
    {
        if (Type != WireFormat.WireType.LengthDelimited)
        {
            values.Add(ReadInteger());
            return;
        }

        var packed = new WireReader(ReadBytes(), name, budget) { _tag = _tag };
        values.EnsureCapacity(values.Count + packed.CountVarints());
        while (packed._position < packed.Length)
        {
            values.Add(packed.ReadVarint());
        }
    }

    /// <summary>Reads one or, when packed, several of repeated numbers.</summary>
    public void ReadSingles(List<float> values) =>
        ReadNumbers(values, WireFormat.WireType.Fixed32, sizeof(float), static number => BinaryPrimitives.ReadSingleLittleEndian(number));

    /// <summary>Reads one or, when packed, several of repeated numbers.</summary>
    public void ReadDoubles(List<double> values) =>
        ReadNumbers(values, WireFormat.WireType.Fixed64, sizeof(double), static number => BinaryPrimitives.ReadDoubleLittleEndian(number));

    private readonly int Length => bytes.Count;

    private void ReadNumbers<T>(List<T> values, WireFormat.WireType type, int size, Func<ArraySegment<byte>, T> read)
    {
        if (Type != WireFormat.WireType.LengthDelimited)
        {
            Expect(type);
            values.Add(read(Take(size)));
            return;
        }

        ArraySegment<byte> packed = ReadBytes();
        if (packed.Count % size != 0)
        {
            throw new ModelFormatException($"Field {Field} of the {name} has {packed.Count} bytes, which are no whole numbers of {size}.");
        }

        values.EnsureCapacity(values.Count + (packed.Count / size));
        for (int first = 0; first < packed.Count; first += size)
        {
            values.Add(read(packed.Slice(first, size)));
        }
    }

    // The last byte of an integer is the one without its highest bit.
    private readonly int CountVarints()
    {
        int count = 0;
        foreach (byte b in bytes.AsSpan())
        {
            count += b < 0x80 ? 1 : 0;
        }

        return count;
    }

    private long ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes; i++)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return unchecked((long)value);
            }
        }

        throw new ModelFormatException($"An integer of the {name} has more than {MostVarintBytes} bytes.");
    }

    private ArraySegment<byte> Take(int count)
    {
        if (count > bytes.Count - _position)
        {
            throw new ModelFormatException($"The {name} ends within a field.");
        }

        _position += count;
        return bytes.Slice(_position - count, count);
    }

    private void Expect(WireFormat.WireType type)
    {
        if (Type != type)
        {
            throw new ModelFormatException($"Field {Field} of the {name} is written as {Type}; it must be {type}.");
        }

        _isUnread = false;
    }
}
