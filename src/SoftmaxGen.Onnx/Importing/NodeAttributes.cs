using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>The settings of one node, by name and with their types checked.</summary>
internal sealed class NodeAttributes
{
    private readonly OnnxNode _node;
    private readonly Dictionary<string, OnnxAttribute> _attributes = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="NodeAttributes"/> class.</summary>
    /// <param name="node">The node.</param>
    /// <param name="known">The settings it may have: one that is not understood could change what the node computes.</param>
    /// <exception cref="ModelFormatException">The node has another setting, or one twice.</exception>
    public NodeAttributes(OnnxNode node, params ReadOnlySpan<string> known)
    {
        _node = node;
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            if (!known.Contains(attribute.Name))
            {
                throw new ModelFormatException($"{node.Description} has the attribute '{attribute.Name}', which is not understood.");
            }

            if (!_attributes.TryAdd(attribute.Name, attribute))
            {
                throw new ModelFormatException($"{node.Description} has the attribute '{attribute.Name}' twice.");
            }
        }
    }

    /// <summary>Gets a number.</summary>
    public double Number(string name, double missing) => Find(name, AttributeType.Float)?.Number ?? missing;

    /// <summary>Gets an integer.</summary>
    public long Integer(string name, long missing) => Find(name, AttributeType.Int)?.Integer ?? missing;

    /// <summary>Gets a text.</summary>
    public string Text(string name, string missing) => Find(name, AttributeType.String)?.Text ?? missing;

    /// <summary>Gets a tensor; null when the node does not have it.</summary>
    public OnnxTensor? Tensor(string name) => Find(name, AttributeType.Tensor)?.Tensor;

    /// <summary>Gets numbers; none when the node does not have them.</summary>
    public IReadOnlyList<float> Numbers(string name) => Find(name, AttributeType.Floats)?.Numbers ?? [];

    /// <summary>Gets integers; none when the node does not have them.</summary>
    public IReadOnlyList<long> Integers(string name) => Find(name, AttributeType.Ints)?.Integers ?? [];

    /// <summary>Gets texts; none when the node does not have them.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name, AttributeType.Strings)?.Texts ?? [];

    private OnnxAttribute? Find(string name, AttributeType type)
    {
        if (!_attributes.TryGetValue(name, out OnnxAttribute? attribute))
        {
            return null;
        }

        return attribute.Type == type
            ? attribute
            : throw new ModelFormatException(
                $"The attribute '{name}' of {_node.Description} is of type {(int)attribute.Type}; it must be {type} ({(int)type}).");
    }
}
