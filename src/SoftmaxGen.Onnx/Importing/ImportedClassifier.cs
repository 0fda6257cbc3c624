using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>What a graph says: the weights, and the labels of the classes if it has any.</summary>
/// <param name="Layer">The weights.</param>
/// <param name="ClassNames">The labels when they are texts; else empty.</param>
/// <param name="ClassLabels">The labels when they are integers; else empty.</param>
internal sealed record ImportedClassifier(LinearLayer Layer, IReadOnlyList<string> ClassNames, IReadOnlyList<long> ClassLabels)
{
    /// <summary>Gets the columns that the weights belong to where they have names; null where they are the model's features in their order.</summary>
    public IReadOnlyList<NamedColumn>? Columns { get; init; }

    /// <summary>Gets a value indicating whether the graph says what the classes are.</summary>
    public bool HasLabels => ClassNames.Count + ClassLabels.Count > 0;

    /// <summary>Names the classes.</summary>
    /// <param name="node">The node that does.</param>
    /// <param name="names">The labels when they are texts; else empty.</param>
    /// <param name="labels">The labels when they are integers; else empty.</param>
    /// <exception cref="ModelFormatException">They have other names already.</exception>
    public ImportedClassifier Named(OnnxNode node, IReadOnlyList<string> names, IReadOnlyList<long> labels)
    {
        if (HasLabels && !(ClassNames.SequenceEqual(names, StringComparer.Ordinal) && ClassLabels.SequenceEqual(labels)))
        {
            throw new ModelFormatException($"{node.Description} gives the classes other labels than the classifier.");
        }

        return this with { ClassNames = names, ClassLabels = labels };
    }
}
