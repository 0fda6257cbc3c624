using System.Text;
using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>
/// A model file, <c>ModelProto</c>. This and the other records of the folder are the few messages of the ONNX format that a linear classifier
/// needs; the numbers of their fields are from the format's definition (ONNX project, <c>onnx.proto</c>, IR version 7). Fields without a meaning
/// for the numbers computed, such as documentation, are passed over.
/// </summary>
/// <param name="IrVersion">The version of the format.</param>
/// <param name="Operators">The versions of the operators, domain by domain.</param>
/// <param name="ProducerVersion">The version of the program that wrote the file.</param>
/// <param name="Graph">The computation.</param>
/// <param name="Metadata">Named texts.</param>
internal sealed record OnnxModel(
    long IrVersion,
    IReadOnlyList<OperatorSet> Operators,
    string ProducerVersion,
    OnnxGraph Graph,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The name under which this library writes files.</summary>
    public const string ProducerName = "SoftmaxGen";

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFormatException">The bytes are no model of the ONNX format, or one with functions of its own.</exception>
    public static OnnxModel Read(ArraySegment<byte> bytes)
    {
        try
        {
            return Read(new WireReader(bytes, "model", new MessageBudget(bytes.Count)));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelFormatException($"The bytes are not an ONNX model: {exception.Message}", exception);
        }
    }

    /// <summary>Prepares the model for writing.</summary>
    public WireMessage ToMessage() => new WireMessage()
        .Add(1, IrVersion)
        .Add(2, ProducerName)
        .Add(3, ProducerVersion)
        .Add(7, Graph.ToMessage())
        .Add(8, Operators.Select(static set => set.ToMessage()))
        .Add(14, Metadata.Select(static entry => new WireMessage().Add(1, entry.Key).Add(2, entry.Value)));

    private static OnnxModel Read(WireReader reader)
    {
        long irVersion = 0;
        string producerVersion = "";
        OnnxGraph? graph = null;
        List<OperatorSet> operators = [];
        Dictionary<string, string> metadata = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    irVersion = reader.ReadInteger();
                    break;
                case 3:
                    producerVersion = reader.ReadText();
                    break;
                case 7 when graph is null:
                    graph = OnnxGraph.Read(reader.ReadMessage("graph"));
                    break;
                case 7:
                    throw new ModelFormatException("The model has two graphs; it must have one.");
                case 8:
                    operators.Add(OperatorSet.Read(reader.ReadMessage("operator set")));
                    break;
                case 14:
                    ReadMetadata(reader.ReadMessage("metadata entry"), metadata);
                    break;
                case 25:
                    throw new ModelFormatException("The model defines functions of its own; only models made of standard operators can be read.");
            }
        }

        return graph is null
            ? throw new ModelFormatException("The bytes are not an ONNX model: there is no graph in them.")
            : new OnnxModel(irVersion, operators, producerVersion, graph, metadata);
    }

    private static void ReadMetadata(WireReader reader, Dictionary<string, string> metadata)
    {
        string key = "";
        string value = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadText();
                    break;
                case 2:
                    value = reader.ReadText();
                    break;
            }
        }

        if (!metadata.TryAdd(key, value))
        {
            throw new ModelFormatException($"The model has two metadata entries named '{key}'.");
        }
    }
}
