using System.Text;
using Google.Protobuf;

namespace SoftmaxGen.Onnx.Wire;

/// <summary>
/// Reads the fields of one protobuf message out of a buffer, in the order they come. Messages and bytes inside it are slices of the same buffer:
/// what a damaged length can claim is bounded by the bytes there are.
/// </summary>
/// <param name="bytes">The message.</param>
/// <param name="name">What to call the message in an exception.</param>
#pragma warning disable CA1001, CA2000 // A CodedInputStream over a buffer holds nothing to dispose of.
internal sealed class WireReader(ArraySegment<byte> bytes, string name)
{
    // Refuses what is not UTF-8 instead of replacing it.
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int _end = bytes.Offset + bytes.Count;
    private CodedInputStream _input = new(bytes.Array!, bytes.Offset, bytes.Count);
    private uint _tag;

    /// <summary>Gets the number of the current field.</summary>
    public int Field => WireFormat.GetTagFieldNumber(_tag);

    /// <summary>Goes on to the next field. Whoever does not want a field calls <see cref="Skip"/>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        _tag = _input.ReadTag();
        return _tag != 0;
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip() => _input.SkipLastField();

    /// <summary>Reads an integer or the value of an enum.</summary>
    public long ReadInteger()
    {
        Expect(WireFormat.WireType.Varint);
        return _input.ReadInt64();
    }

    /// <summary>Reads a number.</summary>
    public float ReadSingle()
    {
        Expect(WireFormat.WireType.Fixed32);
        return _input.ReadFloat();
    }

    /// <summary>Reads a text.</summary>
    public string ReadText() => _strict.GetString(ReadBytes());

    /// <summary>Reads a message.</summary>
    /// <param name="messageName">What to call it.</param>
    public WireReader ReadMessage(string messageName) => new(ReadBytes(), messageName);

    /// <summary>Reads bytes, which are not copied.</summary>
    public ArraySegment<byte> ReadBytes()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        int length = _input.ReadLength();
        int start = checked((int)_input.Position);
        if (length < 0 || length > _end - start)
        {
            throw new ModelFormatException($"Field {Field} of the {name} claims {length} bytes, but {_end - start} are left of it.");
        }

        _input = new CodedInputStream(bytes.Array!, start + length, _end - start - length);
        return new ArraySegment<byte>(bytes.Array!, start, length);
    }

    /// <summary>Reads one or, when packed, several of repeated integers.</summary>
    public void ReadIntegers(List<long> values) => ReadRepeated(values, WireFormat.WireType.Varint, static input => input.ReadInt64());

    /// <summary>Reads one or, when packed, several of repeated numbers.</summary>
    public void ReadSingles(List<float> values) => ReadRepeated(values, WireFormat.WireType.Fixed32, static input => input.ReadFloat());

    /// <summary>Reads one or, when packed, several of repeated numbers.</summary>
    public void ReadDoubles(List<double> values) => ReadRepeated(values, WireFormat.WireType.Fixed64, static input => input.ReadDouble());

    private void ReadRepeated<TValue>(List<TValue> values, WireFormat.WireType type, Func<CodedInputStream, TValue> read)
    {
        if (WireFormat.GetTagWireType(_tag) != WireFormat.WireType.LengthDelimited)
        {
            Expect(type);
            values.Add(read(_input));
            return;
        }

        ArraySegment<byte> packed = ReadBytes();
        CodedInputStream input = new(packed.Array!, packed.Offset, packed.Count);
        while (!input.IsAtEnd)
        {
            values.Add(read(input));
        }
    }

    private void Expect(WireFormat.WireType type)
    {
        if (WireFormat.GetTagWireType(_tag) is var actual && actual != type)
        {
            throw new ModelFormatException($"Field {Field} of the {name} is written as {actual}; it must be {type}.");
        }
    }
}
