using System.Numerics;
using SoftmaxGen.Onnx.Exporting;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Onnx;

/// <summary>Writes models in the ONNX format (Open Neural Network Exchange). Thread-safe.</summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/onnx.md">which operators are written</see>.</remarks>
/// <example>
/// <code>
/// model.SaveOnnx("iris.onnx");
/// </code>
/// </example>
public static class OnnxExport
{
    /// <summary>
    /// Writes a model as an ONNX file. Its graph takes <c>features</c>, <c>rows x m</c>, and gives <c>probabilities</c>, <c>rows x C</c>; the
    /// <see cref="OnnxForm.Classifier"/> gives a <c>label</c> for each row too. The metadata name the classes and features.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where to; written from its position on, and left open.</param>
    /// <param name="form">The graph to write.</param>
    /// <exception cref="ArgumentException">A weight is beyond the range of <see cref="float"/>, which the <see cref="OnnxForm.Classifier"/> computes
    /// in.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The form is no value of its enum.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void SaveOnnx<TModel, T>(this ISoftmaxModel<TModel, T> model, Stream stream, OnnxForm form = OnnxForm.Classifier)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        var layer = LinearLayer.Create(TModel.Shape, model.Weights);
        OnnxModel file = form switch
        {
            OnnxForm.Classifier => ClassifierForm.Build(TModel.Shape, layer),
            OnnxForm.Gemm => GemmForm.Build(TModel.Shape, layer),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "The form must be Classifier or Gemm."),
        };
        file.ToMessage().WriteTo(stream);
    }

    /// <summary>Writes the same to a path, atomically: a crash leaves the old file or the new one.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="form">The graph to write.</param>
    /// <exception cref="ArgumentException">The path is empty, or a weight is beyond the range of <see cref="float"/>, which the
    /// <see cref="OnnxForm.Classifier"/> computes in.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The form is no value of its enum.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public static void SaveOnnx<TModel, T>(this ISoftmaxModel<TModel, T> model, string path, OnnxForm form = OnnxForm.Classifier)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        AtomicFile.Write(path, stream => model.SaveOnnx(stream, form));
    }
}
