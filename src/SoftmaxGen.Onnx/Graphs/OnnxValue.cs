using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>What goes into a graph or comes out, <c>ValueInfoProto</c>: a name and the type of a tensor.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the elements; undefined when the file does not say or the value is no tensor.</param>
/// <param name="Dimensions">The sizes, null where a size is open; empty when the file does not say.</param>
internal sealed record OnnxValue(string Name, ElementType Type, IReadOnlyList<long?> Dimensions)
{
    /// <summary>The name of the open dimension, the number of rows, in files written here.</summary>
    private const string Rows = "rows";

    /// <summary>More dimensions than any tensor has.</summary>
    private const int MostDimensions = 64;

    /// <summary>Reads the message.</summary>
    public static OnnxValue Read(WireReader reader)
    {
        OnnxValue value = new("", ElementType.Undefined, []);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Name = reader.ReadText() };
                    break;
                case 2:
                    value = ReadType(reader.ReadMessage("type"), value);
                    break;
            }
        }

        return value;
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage()
    {
        WireMessage shape = new WireMessage().Add(1, Dimensions.Select(static size => size is { } fixedSize
            ? new WireMessage().Add(1, fixedSize)
            : new WireMessage().Add(2, Rows)));
        WireMessage tensor = new WireMessage().Add(1, (long)Type).Add(2, shape);
        return new WireMessage().Add(1, Name).Add(2, new WireMessage().Add(1, tensor));
    }

    private static OnnxValue ReadType(WireReader reader, OnnxValue value)
    {
        while (reader.Next(field: 1))
        {
            value = ReadTensorType(reader.ReadMessage("tensor type"), value);
        }

        return value;
    }

    private static OnnxValue ReadTensorType(WireReader reader, OnnxValue value)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Type = (ElementType)reader.ReadInteger() };
                    break;
                case 2:
                    value = value with { Dimensions = ReadShape(reader.ReadMessage("shape")) };
                    break;
            }
        }

        return value;
    }

    private static List<long?> ReadShape(WireReader reader)
    {
        List<long?> dimensions = [];
        while (reader.Next(field: 1))
        {
            dimensions.Add(dimensions.Count < MostDimensions
                ? ReadDimension(reader.ReadMessage("dimension"))
                : throw new ModelFormatException($"A value has more than {MostDimensions} dimensions; it must have two."));
        }

        return dimensions;
    }

    private static long? ReadDimension(WireReader reader)
    {
        long? size = null;
        while (reader.Next(field: 1))
        {
            size = reader.ReadInteger();
        }

        return size;
    }
}
