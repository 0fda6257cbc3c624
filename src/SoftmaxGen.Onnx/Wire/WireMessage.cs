using Google.Protobuf;

namespace SoftmaxGen.Onnx.Wire;

/// <summary>
/// A protobuf message about to be written: its fields in the order they were added, and the sum of their lengths, which the message around it
/// needs before the first of them.
/// </summary>
internal sealed class WireMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];
    private int _size;

    /// <summary>Adds an integer or the value of an enum.</summary>
    public WireMessage Add(int field, long value) =>
        Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), output => output.WriteInt64(value));

    /// <summary>Adds a text.</summary>
    public WireMessage Add(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), output => output.WriteString(value));

    /// <summary>Adds bytes, which are not copied.</summary>
    public WireMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        ByteString bytes = UnsafeByteOperations.UnsafeWrap(value);
        return Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeBytesSize(bytes), output => output.WriteBytes(bytes));
    }

    /// <summary>Adds a message, which must be complete.</summary>
    public WireMessage Add(int field, WireMessage value) => Add(
        field,
        WireFormat.WireType.LengthDelimited,
        checked(CodedOutputStream.ComputeLengthSize(value._size) + value._size),
        output =>
        {
            output.WriteLength(value._size);
            value.WriteFields(output);
        });

    /// <summary>Adds a repeated message.</summary>
    public WireMessage Add(int field, IEnumerable<WireMessage> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    /// <summary>Adds a repeated text.</summary>
    public WireMessage Add(int field, IEnumerable<string> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    /// <summary>Adds repeated integers, each with its own tag.</summary>
    public WireMessage Add(int field, IEnumerable<long> values) => values.Aggregate(this, (message, value) => message.Add(field, value));

    /// <summary>Adds repeated numbers, each with its own tag: <c>onnx.proto</c> does not pack the numbers of attributes.</summary>
    public WireMessage Add(int field, IReadOnlyList<float> values)
    {
        int size = CodedOutputStream.ComputeTagSize(field) + sizeof(float);
        _size = checked(_size + (values.Count * size));
        _fields.Add(output =>
        {
            foreach (float value in values)
            {
                output.WriteTag(field, WireFormat.WireType.Fixed32);
                output.WriteFloat(value);
            }
        });
        return this;
    }

    /// <summary>Writes the message.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void WriteTo(Stream stream)
    {
        using CodedOutputStream output = new(stream, leaveOpen: true);
        WriteFields(output);
    }

    private WireMessage Add(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        _size = checked(_size + CodedOutputStream.ComputeTagSize(field) + size);
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }

    private void WriteFields(CodedOutputStream output)
    {
        foreach (Action<CodedOutputStream> write in _fields)
        {
            write(output);
        }
    }
}
