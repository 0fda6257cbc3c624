using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>Reads the operators that follow the scores: what makes probabilities, labels and dictionaries of them.</summary>
internal static class ResultOperators
{
    /// <summary>Reads <c>Softmax</c> or <c>LogSoftmax</c>. Of a matrix, -1 and 1 are the same axis.</summary>
    public static GraphValue ReadSoftmax(OnnxNode node, GraphValue scores)
    {
        RequireClassAxis(node, new NodeAttributes(node, "axis").Integer("axis", missing: 1));
        return scores.Classifier!.Layer.Classes == 1
            ? throw new ModelFormatException($"{node.Description} takes one score, of which the probability is always 1; two classes need two, or Sigmoid.")
            : scores with { Kind = node.Operator == "Softmax" ? ValueKind.Probabilities : ValueKind.LogProbabilities };
    }

    /// <summary>Reads <c>Sigmoid</c>: of one score, the probability of the second of two classes.</summary>
    public static GraphValue ReadSigmoid(OnnxNode node, GraphValue scores)
    {
        _ = new NodeAttributes(node);
        ImportedClassifier classifier = scores.Classifier!;
        return classifier.Layer.Classes == 1
            ? scores with { Kind = ValueKind.SecondProbability, Classifier = classifier with { Layer = classifier.Layer.OfTwoClasses() } }
            : throw new ModelFormatException(
                $"{node.Description} takes {classifier.Layer.Classes} scores: its probabilities, each for itself, are no softmax; it must take one.");
    }

    /// <summary>Reads <c>ArgMax</c>.</summary>
    public static GraphValue ReadArgMax(OnnxNode node, GraphValue value)
    {
        NodeAttributes attributes = new(node, "axis", "keepdims", "select_last_index");
        RequireClassAxis(node, attributes.Integer("axis", missing: 0));
        return attributes.Integer("select_last_index", missing: 0) != 0
            ? throw new ModelFormatException($"{node.Description} takes the last of equal scores (select_last_index); models take the first.")
            : value.Classifier!.Layer.Classes == 1
                ? throw new ModelFormatException($"{node.Description} takes one score, of which the index is always 0.")
                : value with { Kind = ValueKind.Label };
    }

    /// <summary>Reads <c>Normalizer</c>. Probabilities add up to 1 already: the sum of their magnitudes is the one norm that divides them by 1.</summary>
    public static GraphValue ReadNormalizer(OnnxNode node, GraphValue value)
    {
        string norm = new NodeAttributes(node, "norm").Text("norm", missing: "MAX");
        return value.Kind == ValueKind.Probabilities && norm == "L1"
            ? value
            : throw new ModelFormatException($"{node.Description} has the norm {norm}; only L1 of probabilities leaves them as they are.");
    }

    /// <summary>Reads <c>ZipMap</c>, which names the classes, perhaps once more.</summary>
    public static GraphValue ReadZipMap(OnnxNode node, GraphValue value)
    {
        NodeAttributes attributes = new(node, "classlabels_strings", "classlabels_int64s");
        IReadOnlyList<string> names = attributes.Texts("classlabels_strings");
        IReadOnlyList<long> labels = attributes.Integers("classlabels_int64s");
        ImportedClassifier classifier = value.Classifier!;
        if (names.Count + labels.Count != classifier.Layer.Classes)
        {
            throw new ModelFormatException(
                $"{node.Description} names {names.Count + labels.Count} classes, but takes {classifier.Layer.Classes} probabilities.");
        }

        return value with { Kind = ValueKind.Dictionary, Classifier = classifier.Named(node, names, labels) };
    }

    private static void RequireClassAxis(OnnxNode node, long axis)
    {
        if (axis is not (1 or -1))
        {
            throw new ModelFormatException($"{node.Description} is along axis {axis}; it must be along the classes, axis 1.");
        }
    }
}
