using System.Buffers.Binary;
using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>A constant, <c>TensorProto</c>, of <see cref="float"/>, <see cref="double"/> or <see cref="long"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Dimensions">The sizes, that of the slowest index first.</param>
/// <param name="RawData">The elements as little-endian bytes; empty when they are listed instead.</param>
internal sealed record OnnxTensor(string Name, ElementType Type, IReadOnlyList<long> Dimensions, ReadOnlyMemory<byte> RawData)
{
    private delegate double Decode(ReadOnlySpan<byte> bytes);

    private IReadOnlyList<float> Singles { get; init; } = [];

    private IReadOnlyList<double> Doubles { get; init; } = [];

    private IReadOnlyList<long> Integers { get; init; } = [];

    private bool IsExternal { get; init; }

    /// <summary>Makes a tensor of <see cref="double"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dimensions">The sizes.</param>
    /// <param name="values">As many elements as the sizes say.</param>
    public static OnnxTensor Create(string name, long[] dimensions, ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return new OnnxTensor(name, ElementType.Double, dimensions, bytes);
    }

    /// <summary>Reads the message.</summary>
    public static OnnxTensor Read(WireReader reader)
    {
        string name = "";
        ElementType type = ElementType.Undefined;
        ReadOnlyMemory<byte> raw = default;
        bool isExternal = false;
        List<long> dimensions = [];
        List<float> singles = [];
        List<double> doubles = [];
        List<long> integers = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.ReadIntegers(dimensions);
                    break;
                case 2:
                    type = (ElementType)reader.ReadInteger();
                    break;
                case 4:
                    reader.ReadSingles(singles);
                    break;
                case 7:
                    reader.ReadIntegers(integers);
                    break;
                case 8:
                    name = reader.ReadText();
                    break;
                case 9:
                    raw = reader.ReadBytes();
                    break;
                case 10:
                    reader.ReadDoubles(doubles);
                    break;
                case 13:
                    isExternal = true;
                    break;
                case 14:
                    isExternal |= reader.ReadInteger() != 0;
                    break;
            }
        }

        return new OnnxTensor(name, type, dimensions, raw) { Singles = singles, Doubles = doubles, Integers = integers, IsExternal = isExternal };
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage() => new WireMessage().Add(1, Dimensions).Add(2, (long)Type).Add(8, Name).Add(9, RawData);

    /// <summary>Takes the elements, in <see cref="double"/> whatever their type.</summary>
    /// <returns>As many elements as the sizes say.</returns>
    /// <exception cref="ModelFormatException">The elements are of another type, lie in another file, or are not as many as the sizes say.</exception>
    public double[] ToDoubles()
    {
        if (IsExternal)
        {
            throw new ModelFormatException($"The initializer '{Name}' keeps its data in another file; save the model with the data inside.");
        }

        double[] values = Type switch
        {
            ElementType.Float when RawData.Length > 0 => FromRaw(sizeof(float), static bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            ElementType.Float => [.. Singles],
            ElementType.Double when RawData.Length > 0 => FromRaw(sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian),
            ElementType.Double => [.. Doubles],
            _ => throw new ModelFormatException($"The initializer '{Name}' is of data type {(int)Type}; weights must be FLOAT (1) or DOUBLE (11)."),
        };
        return RequireElements(values);
    }

    /// <summary>Takes the elements of sizes or places.</summary>
    /// <returns>As many elements as the sizes say.</returns>
    /// <exception cref="ModelFormatException">The elements are no integers, lie in another file, or are not as many as the sizes say.</exception>
    public long[] ToIntegers()
    {
        if (IsExternal || Type != ElementType.Int64 || RawData.Length % sizeof(long) != 0)
        {
            throw new ModelFormatException($"The initializer '{Name}' is of data type {(int)Type}; it must be INT64 (7), with its data in the file.");
        }

        long[] values = RawData.Length > 0 ? new long[RawData.Length / sizeof(long)] : [.. Integers];
        for (int i = 0; i < RawData.Length / sizeof(long); i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(RawData.Span[(i * sizeof(long))..]);
        }

        return RequireElements(values);
    }

    private double[] FromRaw(int size, Decode decode)
    {
        if (RawData.Length % size != 0)
        {
            throw new ModelFormatException($"The initializer '{Name}' has {RawData.Length} bytes of data; they must be a multiple of {size}.");
        }

        double[] values = new double[RawData.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = decode(RawData.Span[(i * size)..]);
        }

        return values;
    }

    private TElement[] RequireElements<TElement>(TElement[] values) => HasElements(values.Length)
        ? values
        : throw new ModelFormatException(
            $"The initializer '{Name}' has {values.Length} elements, but its dimensions are [{string.Join(", ", Dimensions)}].");

    // A product of hostile sizes may exceed any integer; it is given up as soon as it is too large.
    private bool HasElements(int count)
    {
        long product = 1;
        foreach (long size in Dimensions)
        {
            if (size < 0 || (size > 0 && product > count / size))
            {
                return false;
            }

            product *= size;
        }

        return product == count;
    }
}
