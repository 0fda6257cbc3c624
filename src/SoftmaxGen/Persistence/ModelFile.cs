using System.Numerics;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Saves and loads models. A file carries the weights and what they mean: the shape, the precision, the names of classes and features, and the moments of the
/// training rows where the model knows them. Its two forms are specified in <c>docs/model-files.md</c>. What is loaded has the very bits that were saved,
/// whatever the culture. Thread-safe.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/model-files.md">model files</see>.</remarks>
public static class ModelFile
{
    /// <summary>Saves a model to a stream, at its position; the stream is left open.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The form of the file.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    public static void Save<TModel, T>(this ISoftmaxModel<TModel, T> model, Stream stream, ModelFormat format = ModelFormat.Json)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(model, stream, format, summary: null);

    /// <summary>
    /// Saves a model to a path, atomically: it writes a temporary file in the same folder, flushes it to the disk, and renames it. Whenever the
    /// process ends, the path holds the old file or the new one, whole.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="format">The form of the file.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    /// <example>
    /// <code>
    /// model.Save("iris.softmax.json");                  // a text to read and to compare
    /// model.Save("iris.softmax", ModelFormat.Binary);   // the same in fewer bytes
    /// </code>
    /// </example>
    public static void Save<TModel, T>(this ISoftmaxModel<TModel, T> model, string path, ModelFormat format = ModelFormat.Json)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, stream => Save(model, stream, format));

    /// <summary>Loads a model from a stream, read from its position to its end and left open.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="stream">The stream; its first bytes tell the form.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model; the message says what differs and where.</exception>
    public static TModel Load<TModel, T>(Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FileBytes.Load(stream, static stream =>
        {
            ModelShape shape = TModel.Shape;
            ReadOnlySpan<byte> bytes = FileBytes.Read(stream, FileBytes.Limit(shape));
            StoredModel<T> stored = BinaryModel.Begins(bytes) ? BinaryModel.Read<T>(bytes, shape) : JsonModel.Read<T>(bytes, shape);
            return TModel.FromWeights(stored.Weights, stored.Moments);
        });

    /// <summary>Loads a model from a path.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="path">The path of the file; its first bytes tell the form.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model; the message says what differs and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <example>
    /// A generated model has the method, too:
    /// <code>
    /// IrisModel model = IrisModel.Load("iris.softmax.json");
    /// </code>
    /// </example>
    public static TModel Load<TModel, T>(string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using FileStream stream = FileBytes.Open(path);
        return Load<TModel, T>(stream);
    }

    /// <summary>Reads the moments of the features in the training rows.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    internal static FeatureMoments? ReadMoments(ReadOnlySpan<byte> file, ModelShape shape) =>
        BinaryModel.Begins(file) ? BinaryModel.ReadMoments(file, shape) : JsonModel.ReadMoments(file, shape);

    /// <summary>Saves a model and how it was trained.</summary>
    internal static void Save<TModel, T>(ISoftmaxModel<TModel, T> model, Stream stream, ModelFormat format, TrainingSummary? summary)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        FeatureMoments? moments = summary?.Moments ?? model.FeatureMoments;
        switch (format)
        {
            case ModelFormat.Json:
                JsonModel.Write(stream, TModel.Shape, model.Weights, moments, summary);
                break;
            case ModelFormat.Binary:
                BinaryModel.Write(stream, TModel.Shape, model.Weights, moments, summary);
                break;
            default:
                throw Refusal.OutOfRange(nameof(format), format, $"{(int)format} is no form of a model file.");
        }
    }
}
