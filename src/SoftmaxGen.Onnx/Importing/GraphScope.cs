using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>The names of a graph and what they stand for, as its nodes are understood one after the other.</summary>
internal sealed class GraphScope
{
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="GraphScope"/> class with the inputs and the constants of a graph.</summary>
    public GraphScope(OnnxGraph graph)
    {
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            _constants.TryAdd(tensor.Name, tensor);
        }

        // Older files list the constants among the inputs.
        OnnxValue[] inputs = [.. graph.Inputs.Where(input => !_constants.ContainsKey(input.Name))];
        foreach (OnnxValue input in inputs)
        {
            var source = new OnnxInput(input.Name, input.Dimensions is [_, var columns] ? columns : null);

            // One input is all features of a row; several are members of it, and so is a text.
            bool isMember = source.Columns == 1 && (inputs.Length > 1 || input.Type == ElementType.String);
            _values.TryAdd(input.Name, new GraphValue(ValueKind.Rows) { Input = source, Named = isMember ? [new NamedColumn(input.Name, 1, 0, null)] : null });
        }
    }

    /// <summary>Gets the values that no node has taken.</summary>
    public IEnumerable<GraphValue> Results => _values.Where(entry => !_used.Contains(entry.Key)).Select(static entry => entry.Value);

    /// <summary>Takes the one input of a node that is no constant.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kinds">What it may be.</param>
    /// <param name="needed">What it must be, in the words of a message.</param>
    /// <exception cref="ModelFormatException">There is no such input, or one of another kind.</exception>
    public GraphValue Take(OnnxNode node, string needed, params ValueKind[] kinds)
    {
        string[] names = [.. node.Inputs.Where(name => name.Length > 0 && !_constants.ContainsKey(name))];
        return names is [var name]
            ? Take(node, name, needed, kinds)
            : throw new ModelFormatException($"{node.Description} takes {names.Length} inputs that are no constants; it must take {needed} alone.");
    }

    /// <summary>Takes all inputs of a node, none of them a constant.</summary>
    /// <param name="node">The node.</param>
    /// <param name="kind">What each must be.</param>
    /// <param name="needed">The same in the words of a message.</param>
    /// <exception cref="ModelFormatException">There is no input, or one of another kind.</exception>
    public GraphValue[] TakeAll(OnnxNode node, string needed, ValueKind kind) => node.Inputs.Count > 0
        ? [.. node.Inputs.Select(name => Take(node, name, needed, [kind]))]
        : throw new ModelFormatException($"{node.Description} takes no inputs; it must take {needed}.");

    private GraphValue Take(OnnxNode node, string name, string needed, ValueKind[] kinds)
    {
        if (!_values.TryGetValue(name, out GraphValue? value))
        {
            throw new ModelFormatException($"The input '{name}' of {node.Description} is no input of the graph, and no node before computes it.");
        }

        _used.Add(name);
        return kinds.Length == 0 || Array.IndexOf(kinds, value.Kind) >= 0
            ? value
            : throw new ModelFormatException($"{node.Description} takes {Describe(value.Kind)}; it must take {needed}.");
    }

    /// <summary>Finds whether an input of a node is a constant.</summary>
    public bool IsConstant(OnnxNode node, int index) => index < node.Inputs.Count && _constants.ContainsKey(node.Inputs[index]);

    /// <summary>Gets a constant input of a node.</summary>
    /// <exception cref="ModelFormatException">The input is not there, or no constant.</exception>
    public OnnxTensor Constant(OnnxNode node, int index)
    {
        string name = index < node.Inputs.Count ? node.Inputs[index] : "";
        return _constants.TryGetValue(name, out OnnxTensor? tensor)
            ? tensor
            : throw new ModelFormatException(
                $"The input '{name}' of {node.Description} is no initializer; coefficients and intercepts must be constants of the graph.");
    }

    /// <summary>Names a result of a node.</summary>
    /// <exception cref="ModelFormatException">The name is taken.</exception>
    public void Define(OnnxNode node, GraphValue value, int output = 0)
    {
        string name = Name(node, output);
        if (name.Length > 0 && (_constants.ContainsKey(name) || !_values.TryAdd(name, value)))
        {
            throw new ModelFormatException($"{node.Description} computes '{name}', which is computed before.");
        }
    }

    /// <summary>Names a constant result of a node.</summary>
    /// <exception cref="ModelFormatException">The name is taken.</exception>
    public void Define(OnnxNode node, OnnxTensor constant)
    {
        string name = Name(node, 0);
        if (_values.ContainsKey(name) || !_constants.TryAdd(name, constant))
        {
            throw new ModelFormatException($"{node.Description} computes '{name}', which is computed before.");
        }
    }

    private static string Name(OnnxNode node, int output) => output < node.Outputs.Count ? node.Outputs[output] : "";

    private static string Describe(ValueKind kind) => kind switch
    {
        ValueKind.Rows => "rows of features",
        ValueKind.Scores => "scores",
        ValueKind.Label => "labels",
        ValueKind.Dictionary => "a list of dictionaries",
        _ => "probabilities",
    };
}
