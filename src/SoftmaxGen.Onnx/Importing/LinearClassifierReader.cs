using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>Reads the operator <c>LinearClassifier</c> of <c>ai.onnx.ml</c>.</summary>
internal static class LinearClassifierReader
{
    private const string Logistic = "LOGISTIC";

    /// <summary>Reads a node.</summary>
    /// <exception cref="ModelFormatException">Its attributes do not fit one another, or its probabilities are not those of a softmax.</exception>
    public static ImportedClassifier Read(OnnxNode node)
    {
        NodeAttributes attributes = new(node, "coefficients", "intercepts", "classlabels_strings", "classlabels_ints", "multi_class", "post_transform");
        IReadOnlyList<string> names = attributes.Texts("classlabels_strings");
        IReadOnlyList<long> labels = attributes.Integers("classlabels_ints");
        if (names.Count > 0 == labels.Count > 0)
        {
            throw new ModelFormatException($"{node.Description} must have either classlabels_strings or classlabels_ints.");
        }

        LinearLayer layer = ReadLayer(node, attributes, classes: names.Count + labels.Count);
        string transform = attributes.Text("post_transform", missing: "NONE");
        return new ImportedClassifier(
            (transform, names.Count + labels.Count) switch
            {
                ("SOFTMAX", var classes) when classes == layer.Classes => layer,
                (Logistic, 2) => TwoClasses(node, layer),
                ("SOFTMAX", _) => throw new ModelFormatException(
                    $"{node.Description} has one row of coefficients for two classes; with SOFTMAX it must have two."),
                _ => throw new ModelFormatException($"{node.Description} has the transform {transform}; it must be SOFTMAX, or LOGISTIC for two classes."),
            },
            names,
            labels);
    }

    private static LinearLayer ReadLayer(OnnxNode node, NodeAttributes attributes, int classes)
    {
        double[] coefficients = [.. attributes.Numbers("coefficients").Select(static value => (double)value)];
        double[] intercepts = [.. attributes.Numbers("intercepts").Select(static value => (double)value)];
        if (intercepts.Length == 0)
        {
            intercepts = new double[classes];
        }

        if (intercepts.Length != classes && (intercepts.Length, classes) != (1, 2))
        {
            throw new ModelFormatException($"{node.Description} has {intercepts.Length} intercepts for {classes} classes.");
        }

        if (coefficients.Length == 0 || coefficients.Length % intercepts.Length != 0)
        {
            throw new ModelFormatException($"{node.Description} has {coefficients.Length} coefficients, which is no multiple of its {intercepts.Length} rows.");
        }

        return new LinearLayer(coefficients, intercepts);
    }

    // Two rows are the same classifier as one when they are opposite; two that are not would be two classifiers, one against rest, whose probabilities are no
    // softmax.
    private static LinearLayer TwoClasses(OnnxNode node, LinearLayer layer)
    {
        double[] coefficients = layer.Coefficients[^layer.Features..];
        double intercept = layer.Intercepts[^1];
        bool areOpposite = layer.Classes == 1
            || (layer.Intercepts[0] == -intercept
                && Array.ConvertAll(coefficients, static value => -value).AsSpan().SequenceEqual(layer.Coefficients.AsSpan(0, layer.Features)));
        return areOpposite
            ? new LinearLayer(coefficients, [intercept]).OfTwoClasses()
            : throw new ModelFormatException(
                $"{node.Description} has the transform {Logistic} and two rows that are not opposite: its probabilities are no softmax.");
    }
}
