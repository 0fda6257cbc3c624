using System.Globalization;
using System.Numerics;
using SoftmaxGen.Onnx.Graphs;
using SoftmaxGen.Onnx.Importing;

namespace SoftmaxGen.Onnx;

/// <summary>Reads models from the ONNX format (Open Neural Network Exchange). Thread-safe.</summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/onnx.md">which operators are read</see>.</remarks>
/// <example>
/// <code>
/// IrisModel model = OnnxImport.Load&lt;IrisModel, double&gt;("iris.onnx");
/// </code>
/// </example>
public static class OnnxImport
{
    /// <summary>What the largest model fills twice over; more than that is not read.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    /// <summary>
    /// Reads a model from an ONNX file whose graph is one linear classifier with a softmax: a <c>LinearClassifier</c>, a <c>Gemm</c>, or a <c>MatMul</c> with
    /// <c>Add</c>, with a <c>Scaler</c>, <c>Imputer</c> and <c>OneHotEncoder</c> before and <c>Softmax</c>, <c>LogSoftmax</c>, <c>Sigmoid</c>, <c>ArgMax</c>
    /// or <c>ZipMap</c> behind (the table in <c>docs/onnx.md</c>). The classes are those of the same name, or label, as in the file, in whatever order; without
    /// names and labels they are those in the same place. Names of features that the file states must be the model's, in the same order. Weights are rounded
    /// to the model's precision.
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
        try
        {
            return Load<TModel, T>(OnnxModel.Read(ReadToEnd(stream)));
        }
        catch (ModelFormatException exception) when (stream is FileStream file)
        {
            throw new ModelFormatException(exception.Message, file.Name, exception);
        }
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

    private static TModel Load<TModel, T>(OnnxModel file)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImportedClassifier classifier = GraphReader.Read(file);
        LinearLayer layer = classifier.Columns is { } columns ? NamedColumn.Arrange(classifier.Layer, columns, TModel.Shape) : classifier.Layer;
        CheckShape(layer, TModel.Shape);
        if (!ModelMetadata.IsOfPredecessor(file.Metadata, TModel.Shape))
        {
            layer = layer.Arrange(ClassPlaces.Find(classifier, ModelMetadata.ReadClassNames(file.Metadata), TModel.Shape));
            ModelMetadata.Check(file.Metadata, TModel.Shape);
        }

        T[] weights = layer.ToWeights<T>();
        CheckFinite(weights, TModel.Shape);
        return TModel.FromWeights(weights);
    }

    private static ArraySegment<byte> ReadToEnd(Stream stream)
    {
        using MemoryStream bytes = new(stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, MostBytes) : 0);
        byte[] piece = new byte[16 * 1024];
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
