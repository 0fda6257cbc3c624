namespace SoftmaxGen.Onnx.Importing;

/// <summary>What a graph says: the weights, and the labels of the classes if it has any.</summary>
/// <param name="Layer">The weights.</param>
/// <param name="ClassNames">The labels when they are texts; else empty.</param>
/// <param name="ClassLabels">The labels when they are integers; else empty.</param>
internal sealed record ImportedClassifier(LinearLayer Layer, IReadOnlyList<string> ClassNames, IReadOnlyList<long> ClassLabels);
