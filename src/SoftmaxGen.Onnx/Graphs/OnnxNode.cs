using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Graphs;

/// <summary>One operator of a graph, <c>NodeProto</c>.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Domain">The domain of the operator; empty for the standard operators.</param>
/// <param name="Name">The name of the node.</param>
/// <param name="Inputs">The names of what goes in; an empty name stands for an optional input that is left out.</param>
/// <param name="Outputs">The names of what comes out.</param>
/// <param name="Attributes">The operator's settings.</param>
internal sealed record OnnxNode(
    string Operator,
    string Domain,
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>More attributes than any operator read here has.</summary>
    private const int MostAttributes = 64;

    /// <summary>More inputs, or outputs, than any operator read here has.</summary>
    private const int MostEdges = 64;

    /// <summary>Gets what to call the node in an exception.</summary>
    public string Description => Name.Length == 0 ? Operator : $"{Operator} '{Name}'";

    /// <summary>Reads the message.</summary>
    public static OnnxNode Read(WireReader reader)
    {
        string type = "";
        string domain = "";
        string name = "";
        List<string> inputs = [];
        List<string> outputs = [];
        List<OnnxAttribute> attributes = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when inputs.Count < MostEdges:
                    inputs.Add(reader.ReadText());
                    break;
                case 2 when outputs.Count < MostEdges:
                    outputs.Add(reader.ReadText());
                    break;
                case 3:
                    name = reader.ReadText();
                    break;
                case 4:
                    type = reader.ReadText();
                    break;
                case 5 when attributes.Count < MostAttributes:
                    attributes.Add(OnnxAttribute.Read(reader.ReadMessage("attribute")));
                    break;
                case 7:
                    domain = reader.ReadText();
                    break;
                case 1 or 2 or 5:
                    throw new ModelFormatException($"A node has more than {MostEdges} inputs, outputs or attributes: it is of no operator that can be read.");
            }
        }

        return new OnnxNode(type, domain, name, inputs, outputs, attributes);
    }

    /// <summary>Prepares the message for writing.</summary>
    public WireMessage ToMessage() => new WireMessage()
        .Add(1, Inputs)
        .Add(2, Outputs)
        .Add(3, Name)
        .Add(4, Operator)
        .Add(5, Attributes.Select(static attribute => attribute.ToMessage()))
        .Add(7, Domain);
}
