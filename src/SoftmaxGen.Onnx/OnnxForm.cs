namespace SoftmaxGen.Onnx;

/// <summary>The graphs that a model can be exported as.</summary>
public enum OnnxForm
{
    /// <summary>
    /// The operator <c>LinearClassifier</c> of <c>ai.onnx.ml</c> with the transform <c>SOFTMAX</c>: features in, labels and probabilities out,
    /// computed in <see cref="float"/>. Labels are the names of the classes, or integers where the classes have none.
    /// </summary>
    Classifier,

    /// <summary>
    /// The standard operators <c>Gemm</c> and <c>Softmax</c> in <see cref="double"/>, whatever the model's precision: features in, probabilities
    /// out.
    /// </summary>
    Gemm,
}
