using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Importing;

/// <summary>Reads the operator <c>Constant</c>.</summary>
internal static class ConstantReader
{
    /// <summary>Reads a node.</summary>
    /// <exception cref="ModelFormatException">It holds no tensor.</exception>
    public static OnnxTensor Read(OnnxNode node) => new NodeAttributes(node, "value").Tensor("value")
        ?? throw new ModelFormatException($"{node.Description} has no value.");
}
