using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>
/// Finds the one linear classifier that a graph consists of. Every node must be understood: one that is not could change the answer.
/// </summary>
internal static class GraphReader
{
    /// <summary>Reads the graph of a model.</summary>
    /// <exception cref="ModelFormatException">The graph is not that of a linear classifier with a softmax.</exception>
    public static ImportedClassifier Read(OnnxModel model)
    {
        OnnxGraph graph = model.Graph;
        OnnxNode[] linear = [.. graph.Nodes.Where(static node => Is(node, "LinearClassifier", OperatorSet.MachineLearning) || Is(node, "Gemm"))];
        if (linear.Length > 1)
        {
            throw new ModelFormatException($"The graph has {linear[0].Description} and {linear[1].Description}; a softmax regression has one linear operator.");
        }

        OnnxNode? unknown = graph.Nodes.FirstOrDefault(node => !linear.Contains(node) && !IsTail(node));
        if (unknown is not null || linear.Length == 0)
        {
            throw new ModelFormatException(
                $"The graph has {(unknown is null ? "no linear operator" : $"the operator {Qualified(unknown)}")}; " +
                "what can be read is LinearClassifier with SOFTMAX, or Gemm with or without Softmax.");
        }

        CheckDomains(model);
        ImportedClassifier classifier = linear[0].Operator == "Gemm" ? GemmReader.Read(graph, linear[0]) : LinearClassifierReader.Read(linear[0]);
        CheckInput(graph, linear[0], classifier.Layer.Features);
        CheckTail(graph, linear[0]);
        return classifier;
    }

    /// <summary>Decides whether a node is of an operator.</summary>
    public static bool Is(OnnxNode node, string type, string domain = "") =>
        node.Operator == type && (node.Domain == domain || (domain.Length == 0 && node.Domain == "ai.onnx"));

    private static string Qualified(OnnxNode node) => node.Domain.Length == 0 ? node.Description : $"{node.Domain}.{node.Description}";

    // What may follow the linear operator. Converters add the last four to LinearClassifier; they change the type of the results, not their values.
    private static bool IsTail(OnnxNode node) =>
        Is(node, "Softmax") || Is(node, "Identity") || Is(node, "Cast") || Is(node, "Normalizer", OperatorSet.MachineLearning)
            || Is(node, "ZipMap", OperatorSet.MachineLearning);

    // Operators are defined by domain and version: a file that states no version of a domain says nothing, and one cut off may not.
    private static void CheckDomains(OnnxModel model)
    {
        HashSet<string> stated = [.. model.Operators.Select(static set => Canonical(set.Domain))];
        OnnxNode? undefined = model.Graph.Nodes.FirstOrDefault(node => !stated.Contains(Canonical(node.Domain)));
        if (undefined is not null)
        {
            throw new ModelFormatException(
                $"{Qualified(undefined)} is of the domain '{undefined.Domain}', of which the file states no version (opset_import).");
        }

        static string Canonical(string domain) => domain == "ai.onnx" ? "" : domain;
    }

    private static void CheckInput(OnnxGraph graph, OnnxNode linear, int features)
    {
        string name = linear.Inputs.Count > 0 ? linear.Inputs[0] : "";
        OnnxValue input = graph.Inputs.FirstOrDefault(value => value.Name == name)
            ?? throw new ModelFormatException($"The rows of {linear.Description}, '{name}', are no input of the graph.");
        if (input.Dimensions is [_, { } columns] && columns != features)
        {
            throw new ModelFormatException($"The input '{name}' has {columns} columns, but {linear.Description} has weights for {features} features.");
        }
    }

    private static void CheckTail(OnnxGraph graph, OnnxNode linear)
    {
        HashSet<string> results = [.. linear.Outputs];
        bool isGemm = linear.Operator == "Gemm";
        foreach (OnnxNode node in graph.Nodes.Where(node => node != linear))
        {
            if (node.Inputs is not [var input] || !results.Contains(input))
            {
                throw new ModelFormatException($"{node.Description} does not take a result of {linear.Description}, or not it alone.");
            }

            if (node.Operator == "Softmax")
            {
                CheckSoftmax(node, isGemm && input == linear.Outputs[0]);
            }
            else if (node.Operator == "Normalizer")
            {
                CheckNormalizer(node, isGemm);
            }

            results.UnionWith(node.Outputs);
        }
    }

    // A softmax of probabilities would be another function than a softmax of scores. Of a matrix, -1 and 1 are the same axis.
    private static void CheckSoftmax(OnnxNode node, bool takesScores)
    {
        if (!takesScores)
        {
            throw new ModelFormatException($"{node.Description} takes what is no score; it must take the result of Gemm.");
        }

        long axis = new NodeAttributes(node, "axis").Integer("axis", missing: 1);
        if (axis is not (1 or -1))
        {
            throw new ModelFormatException($"{node.Description} is along axis {axis}; it must be along the classes, axis 1.");
        }
    }

    // Probabilities add up to 1 already, so that the sum of their magnitudes is the one norm that divides them by 1.
    private static void CheckNormalizer(OnnxNode node, bool isGemm)
    {
        string norm = new NodeAttributes(node, "norm").Text("norm", missing: "MAX");
        if (isGemm || norm != "L1")
        {
            throw new ModelFormatException(
                $"{node.Description} has the norm {norm}; only L1 of the probabilities of LinearClassifier leaves them as they are.");
        }
    }
}
