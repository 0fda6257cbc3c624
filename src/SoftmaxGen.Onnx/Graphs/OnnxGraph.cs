using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>A computation, <c>GraphProto</c>.</summary>
/// <param name="Nodes">The operators, in an order in which they can be computed.</param>
/// <param name="Name">The name.</param>
/// <param name="Initializers">The constants.</param>
/// <param name="Inputs">What goes in; older files list the constants too.</param>
/// <param name="Outputs">What comes out.</param>
internal sealed record OnnxGraph(
    IReadOnlyList<OnnxNode> Nodes,
    string Name,
    IReadOnlyList<OnnxTensor> Initializers,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>More parts of any kind than a linear classifier has, converters' additions included.</summary>
    private const int MostParts = 64;

    /// <summary>Reads the message.</summary>
    public static OnnxGraph Read(WireReader reader)
    {
        string name = "";
        List<OnnxNode> nodes = [];
        List<OnnxTensor> initializers = [];
        List<OnnxValue> inputs = [];
        List<OnnxValue> outputs = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    Append(nodes, OnnxNode.Read(reader.ReadMessage("node")), "nodes");
                    break;
                case 2:
                    name = reader.ReadText();
                    break;
                case 5:
                    Append(initializers, OnnxTensor.Read(reader.ReadMessage("initializer")), "initializers");
                    break;
                case 11:
                    Append(inputs, OnnxValue.Read(reader.ReadMessage("input")), "inputs");
                    break;
                case 12:
                    Append(outputs, OnnxValue.Read(reader.ReadMessage("output")), "outputs");
                    break;
                case 15:
                    throw new ModelFormatException("The graph has a sparse initializer; only dense ones can be read.");
            }
        }

        return new OnnxGraph(nodes, name, initializers, inputs, outputs);
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage() => new WireMessage()
        .Add(1, Nodes.Select(static node => node.ToMessage()))
        .Add(2, Name)
        .Add(5, Initializers.Select(static tensor => tensor.ToMessage()))
        .Add(11, Inputs.Select(static value => value.ToMessage()))
        .Add(12, Outputs.Select(static value => value.ToMessage()));

    private static void Append<TPart>(List<TPart> parts, TPart part, string name)
    {
        if (parts.Count == MostParts)
        {
            throw new ModelFormatException($"The graph has more than {MostParts} {name}: it is no linear classifier.");
        }

        parts.Add(part);
    }
}
