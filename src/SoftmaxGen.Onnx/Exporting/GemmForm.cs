using SoftmaxGen.Onnx.Graphs;

namespace SoftmaxGen.Onnx.Exporting;

/// <summary>The graph of <see cref="OnnxForm.Gemm"/>: <c>Softmax(X A^T + b)</c>.</summary>
internal static class GemmForm
{
    private const string Coefficients = "coefficients";
    private const string Intercepts = "intercepts";
    private const string Scores = "scores";

    /// <summary>Builds the file.</summary>
    public static OnnxModel Build(ModelShape shape, LinearLayer layer)
    {
        OnnxNode gemm = new(
            "Gemm",
            "",
            "scores",
            [FormParts.Features, Coefficients, Intercepts],
            [Scores],
            [new OnnxAttribute("transB", AttributeType.Int) { Integer = 1 }]);
        OnnxNode softmax = new(
            "Softmax",
            "",
            "softmax",
            [Scores],
            [FormParts.Probabilities],
            [new OnnxAttribute("axis", AttributeType.Int) { Integer = 1 }]);
        OnnxGraph graph = new(
            [gemm, softmax],
            "softmax_regression",
            [
                OnnxTensor.Create(Coefficients, [shape.Classes, shape.Features], layer.Coefficients),
                OnnxTensor.Create(Intercepts, [shape.Classes], layer.Intercepts),
            ],
            [FormParts.Matrix(FormParts.Features, ElementType.Double, shape.Features)],
            [FormParts.Matrix(FormParts.Probabilities, ElementType.Double, shape.Classes)]);
        return FormParts.Model(shape, graph);
    }
}
