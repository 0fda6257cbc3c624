namespace SoftmaxGen.Generator.Specs;

/// <summary>The contents of a weights file, ready to be printed: standardisation and temperature are folded in.</summary>
/// <param name="Classes">The number of classes, <c>C</c>.</param>
/// <param name="Features">The number of features, <c>m</c>.</param>
/// <param name="Precision">The floating-point type of the weights.</param>
/// <param name="FirstLabel">The label of the first class.</param>
/// <param name="Fingerprint">The fingerprint of the model that wrote the file; empty when the file has none.</param>
/// <param name="ClassNames">The names of the classes; empty when they have none.</param>
/// <param name="FeatureNames">The names of the features; empty when they have none.</param>
/// <param name="WeightBits">
/// The weights, <c>C x (m+1)</c>, row-major, the bias first in each row: the bits of <see cref="double"/>, which a <see cref="float"/> fits exactly. Bits,
/// because -0 equals 0 but is another file.
/// </param>
/// <param name="Training">How the weights were trained, a phrase each.</param>
internal sealed record BakedWeights(
    int Classes,
    int Features,
    Precision Precision,
    int FirstLabel,
    string Fingerprint,
    EquatableArray<string> ClassNames,
    EquatableArray<string> FeatureNames,
    EquatableArray<long> WeightBits,
    EquatableArray<string> Training)
{
    /// <summary>Gets the labels of the classes where the file lists them; otherwise empty.</summary>
    public EquatableArray<int> Labels { get; init; }

    /// <summary>Gets the means of the features in the training rows, the bits of <see cref="double"/>; empty when the file has none.</summary>
    public EquatableArray<long> MeanBits { get; init; }

    /// <summary>Gets the deviations of the features in the training rows; empty when the file has none.</summary>
    public EquatableArray<long> DeviationBits { get; init; }

    /// <summary>Gets a value indicating whether the file knows the moments of the training rows.</summary>
    public bool HasMoments => MeanBits.Count > 0;

    /// <summary>Tells whether a weight is 0 or -0.</summary>
    public bool IsZero(int classIndex, int column) => WeightBits[(classIndex * (Features + 1)) + column] << 1 == 0;
}
