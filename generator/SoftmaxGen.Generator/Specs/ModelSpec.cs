namespace SoftmaxGen.Generator.Specs;

/// <summary>A valid model as its user declared it: everything the generated code depends on, and nothing else.</summary>
/// <param name="Type">The class to complete.</param>
/// <param name="Classes">The number of classes, <c>C</c>.</param>
/// <param name="Features">The number of features of a row, <c>m</c>, the bias not counted.</param>
/// <param name="FirstLabel">The label of the first class.</param>
/// <param name="Precision">The floating-point type of features and weights.</param>
/// <param name="MaxStackBytes">The most stack that one call may reserve for its scratch.</param>
/// <param name="ClassNames">The names of the classes, the first label's first; empty when they have none.</param>
/// <param name="FeatureNames">The names of the features, in the order of a row; empty when they have none.</param>
internal sealed record ModelSpec(
    TypeSpec Type,
    int Classes,
    int Features,
    int FirstLabel,
    Precision Precision,
    int MaxStackBytes,
    EquatableArray<string> ClassNames,
    EquatableArray<string> FeatureNames)
{
    /// <summary>Gets the labels of the classes where they do not follow one another from the first on; otherwise empty.</summary>
    public EquatableArray<int> Labels { get; init; }

    /// <summary>Gets what kernels take for the label of the first class: labels that are not counted reach them as indices.</summary>
    public int FirstKernelLabel => Labels.Count == 0 ? FirstLabel : 0;

    /// <summary>Gets the enum whose members are the classes, or null when labels are plain numbers.</summary>
    public LabelSpec? Label { get; init; }

    /// <summary>Gets the type whose members are the features, or null when rows are spans alone.</summary>
    public RowSpec? Row { get; init; }

    /// <summary>Gets the ids of the errors that the use of these types draws because they are experimental.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Gets what a prediction does about a feature that is not finite.</summary>
    public MissingValues MissingValues { get; init; }

    /// <summary>Gets the fingerprints of predecessors whose files the model accepts.</summary>
    public EquatableArray<string> AcceptedFingerprints { get; init; }

    /// <summary>Gets the name of the file whose weights are baked in; null for none.</summary>
    public string? Weights { get; init; }

    /// <summary>Gets a value indicating whether that file may be missing: the model then has none baked in, and says so.</summary>
    public bool WeightsAreOptional { get; init; }
}
