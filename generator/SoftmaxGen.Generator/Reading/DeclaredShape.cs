using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>The numbers of the attribute as they are written, whether they make sense or not.</summary>
/// <param name="Classes">The number of classes; null when the attribute does not say.</param>
/// <param name="Features">The number of features; null when the attribute does not say.</param>
/// <param name="FirstLabel">The label of the first class; null when the attribute does not say.</param>
/// <param name="Precision">The value of the <c>SoftmaxPrecision</c> enum, which a cast can make any number.</param>
/// <param name="MaxStackBytes">The most stack that one call may reserve for its scratch.</param>
/// <param name="ClassNames">The names of the classes; empty when the attribute gives none.</param>
/// <param name="FeatureNames">The names of the features; empty when the attribute gives none.</param>
internal sealed record DeclaredShape(
    int? Classes,
    int? Features,
    int? FirstLabel,
    int Precision,
    int MaxStackBytes,
    EquatableArray<string> ClassNames = default,
    EquatableArray<string> FeatureNames = default)
{
    /// <summary>Gets the labels of the classes; empty when the attribute lists none.</summary>
    public EquatableArray<int> Labels { get; init; }

    /// <summary>Gets the value of the <c>MissingValues</c> enum, which a cast can make any number.</summary>
    public int MissingValues { get; init; }

    /// <summary>Gets the fingerprints of predecessors whose files the model accepts, well formed or not.</summary>
    public EquatableArray<string> AcceptedFingerprints { get; init; }

    /// <summary>Gets the name of the weights file; null when the attribute gives none.</summary>
    public string? Weights { get; init; }

    /// <summary>Gets a value indicating whether the weights file may be missing.</summary>
    public bool WeightsAreOptional { get; init; }
}
