using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Exporting;

/// <summary>What the forms have in common.</summary>
internal static class FormParts
{
    /// <summary>The name of the input.</summary>
    public const string Features = "features";

    /// <summary>The name of the output.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>IR version 7 (ONNX 1.8, 2020) with operator set 13: old enough for every runtime in use, and without any part that later versions
    /// changed.</summary>
    private const long IrVersion = 7;

    private const long OperatorVersion = 13;

    /// <summary>Makes a file of a graph.</summary>
    public static OnnxModel Model(ModelShape shape, OnnxGraph graph, params OperatorSet[] operators) => new(
        IrVersion,
        [new OperatorSet("", OperatorVersion), .. operators],
        typeof(FormParts).Assembly.GetName().Version!.ToString(3),
        graph,
        ModelMetadata.Create(shape));

    /// <summary>Describes a matrix with any number of rows.</summary>
    public static OnnxValue Matrix(string name, ElementType type, int columns) => new(name, type, [null, columns]);
}
