namespace SoftmaxGen.Onnx.Importing;

/// <summary>An input of a graph.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The number of its columns; null when the file does not say.</param>
internal sealed record OnnxInput(string Name, long? Columns);
