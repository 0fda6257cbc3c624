using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>A setting of an operator, <c>AttributeProto</c>. Of the values only the one that the type names has a meaning.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of the value.</param>
internal sealed record OnnxAttribute(string Name, AttributeType Type)
{
    /// <summary>The most classes that a model can have; each has one name.</summary>
    private const int MostTexts = 4096;

    /// <summary>Gets the number of a <see cref="AttributeType.Float"/>.</summary>
    public float Number { get; init; }

    /// <summary>Gets the integer of an <see cref="AttributeType.Int"/>.</summary>
    public long Integer { get; init; }

    /// <summary>Gets the text of a <see cref="AttributeType.String"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Gets the tensor of a <see cref="AttributeType.Tensor"/>.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>Gets the numbers of <see cref="AttributeType.Floats"/>.</summary>
    public IReadOnlyList<float> Numbers { get; init; } = [];

    /// <summary>Gets the integers of <see cref="AttributeType.Ints"/>.</summary>
    public IReadOnlyList<long> Integers { get; init; } = [];

    /// <summary>Gets the texts of <see cref="AttributeType.Strings"/>.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Reads the message.</summary>
    public static OnnxAttribute Read(WireReader reader)
    {
        string name = "";
        AttributeType type = AttributeType.Undefined;
        float number = 0;
        long integer = 0;
        string text = "";
        OnnxTensor? tensor = null;
        List<float> numbers = [];
        List<long> integers = [];
        List<string> texts = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadText();
                    break;
                case 2:
                    number = reader.ReadSingle();
                    break;
                case 3:
                    integer = reader.ReadInteger();
                    break;
                case 4:
                    text = reader.ReadText();
                    break;
                case 5:
                    tensor = tensor is null
                        ? OnnxTensor.Read(reader.ReadMessage("tensor"))
                        : throw new ModelFormatException($"The attribute {name} has two tensors; it must have one.");
                    break;
                case 7:
                    reader.ReadSingles(numbers);
                    break;
                case 8:
                    reader.ReadIntegers(integers);
                    break;
                case 9 when texts.Count < MostTexts:
                    texts.Add(reader.ReadText());
                    break;
                case 9:
                    throw new ModelFormatException($"The attribute '{name}' has more than {MostTexts} texts; no model has as many classes.");
                case 20:
                    type = (AttributeType)reader.ReadInteger();
                    break;
                case 21:
                    throw new ModelFormatException($"The attribute '{name}' refers to one of a function; only models made of standard operators can be read.");
            }
        }

        return new OnnxAttribute(name, type)
        {
            Number = number,
            Integer = integer,
            Text = text,
            Tensor = tensor,
            Numbers = numbers,
            Integers = integers,
            Texts = texts,
        };
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage()
    {
        WireMessage message = new WireMessage().Add(1, Name);
        WireMessage withValue = Type switch
        {
            AttributeType.Float => message.Add(2, [Number]),
            AttributeType.Int => message.Add(3, Integer),
            AttributeType.String => message.Add(4, Text),
            AttributeType.Tensor => message.Add(5, [Tensor!.ToMessage()]),
            AttributeType.Floats => message.Add(7, Numbers),
            AttributeType.Ints => message.Add(8, Integers),
            _ => message.Add(9, Texts),
        };
        return withValue.Add(20, (long)Type);
    }
}
