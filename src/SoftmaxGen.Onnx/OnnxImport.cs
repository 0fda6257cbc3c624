using System.Globalization;
using System.Numerics;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Onnx.Importing;

namespace SoftmaxGen.Onnx;

/// <summary>Reads models from the ONNX format (Open Neural Network Exchange). Thread-safe.</summary>
public static class OnnxImport
{
    /// <summary>What the largest model fills twice over; more than that is not read.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    /// <summary>
    /// Reads a model from an ONNX file whose graph is a <c>LinearClassifier</c> with <c>SOFTMAX</c> (or, for two classes, <c>LOGISTIC</c>), or a
    /// <c>Gemm</c> with or without <c>Softmax</c>. Names of classes and features that the file states must be the model's, in the same order;
    /// integer labels must be the model's labels. Weights are rounded to the model's precision.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="stream">The file; read from its position to its end, and left open.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The bytes are no such file, or one of another shape, with other names, or with a weight that is not
    /// finite.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TModel Load<TModel, T>(Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = OnnxModel.Read(ReadToEnd(stream));
        ImportedClassifier classifier = GraphReader.Read(file);
        CheckShape(classifier.Layer, TModel.Shape);
        if (!ModelMetadata.IsOfPredecessor(file.Metadata, TModel.Shape))
        {
            CheckLabels(classifier, TModel.Shape);
            ModelMetadata.Check(file.Metadata, TModel.Shape);
        }

        T[] weights = classifier.Layer.ToWeights<T>();
        CheckFinite(weights, TModel.Shape);
        return TModel.FromWeights(weights);
    }

    /// <summary>Reads a model from the ONNX file at a path.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="path">The path of the file.</param>
    /// <returns>The model; see the other overload.</returns>
    /// <exception cref="ModelFormatException">The bytes are no such file, or one of another shape, with other names, or with a weight that is not
    /// finite.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TModel Load<TModel, T>(string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using FileStream stream = File.OpenRead(path);
        return Load<TModel, T>(stream);
    }

    private static ArraySegment<byte> ReadToEnd(Stream stream)
    {
        using MemoryStream bytes = new();
        byte[] piece = new byte[64 * 1024];
        for (int count = stream.Read(piece); count > 0; count = stream.Read(piece))
        {
            if (bytes.Length + count > MostBytes)
            {
                throw new ModelFormatException($"The file is larger than {MostBytes} bytes: it holds no model of a shape that can be generated.");
            }

            bytes.Write(piece.AsSpan(0, count));
        }

        return new ArraySegment<byte>(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void CheckShape(LinearLayer layer, ModelShape shape)
    {
        if (layer.Classes != shape.Classes || layer.Features != shape.Features)
        {
            throw new ModelFormatException(
                $"The file has {layer.Classes} classes x {layer.Features} features; the model has {shape.Classes} classes x {shape.Features} features.");
        }
    }

    private static void CheckLabels(ImportedClassifier classifier, ModelShape shape)
    {
        if (classifier.ClassNames.Count > 0)
        {
            NameLists.Check("classes", classifier.ClassNames, shape.ClassNames);
        }

        for (int j = 0; j < classifier.ClassLabels.Count; j++)
        {
            if (classifier.ClassLabels[j] != shape.Label(j))
            {
                throw new ModelFormatException($"Class {j} has the label {classifier.ClassLabels[j]} in the file; in the model it has {shape.Label(j)}.");
            }
        }
    }

    private static void CheckFinite<T>(ReadOnlySpan<T> weights, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!T.IsFinite(weights[i]))
            {
                (int j, int column) = int.DivRem(i, shape.Features + 1);
                string name = column == 0 ? "bias" : $"weight of feature {shape.FeatureName(column - 1)}";
                throw new ModelFormatException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The {name} of class {shape.ClassName(j)} is {weights[i]} in the model's precision; it must be finite."));
            }
        }
    }
}
