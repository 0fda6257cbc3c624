using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Where the features of the training rows lie and how far they spread, by the weights of the rows. A fit has them, its file keeps them, and explanations and
/// importances refer to them. Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// FeatureMoments moments = fit.FeatureMoments;                                        // or, without the fit, of its file:
/// FeatureMoments? kept = FeatureMoments.Load&lt;IrisModel, double&gt;("iris.softmax.json");
/// </code>
/// </example>
public sealed class FeatureMoments
{
    private readonly ColumnMoments _moments;

    /// <summary>Initializes a new instance of the <see cref="FeatureMoments"/> class.</summary>
    /// <param name="moments">The moments.</param>
    internal FeatureMoments(ColumnMoments moments) => _moments = moments;

    /// <summary>Gets the mean of each of the <c>m</c> features.</summary>
    public ReadOnlySpan<double> Means => _moments.Means;

    /// <summary>Gets the standard deviation of each of the <c>m</c> features, with the divisor n; 0 for a constant feature.</summary>
    public ReadOnlySpan<double> Deviations => _moments.Deviations;

    /// <summary>Measures the rows of a set.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The set.</param>
    /// <returns>The moments.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    public static FeatureMoments Of<TModel, T>(TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        return new FeatureMoments(((IMeanLoss)set).Moments);
    }

    /// <summary>Reads the moments that the file of a model keeps; see <see cref="ModelFile"/> for the model itself.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="path">The path of the file, in either form.</param>
    /// <returns>
    /// The moments that were saved with a fit; else those of the standardisation that the file asks for; null when it has neither.
    /// </returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model; the message says what differs and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FeatureMoments? Load<TModel, T>(string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using FileStream stream = FileBytes.Open(path);
        return Load<TModel, T>(stream);
    }

    /// <summary>Reads the moments that the file of a model keeps from a stream, read from its position to its end and left open.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <returns>
    /// The moments that were saved with a fit; else those of the standardisation that the file asks for; null when it has neither.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model; the message says what differs and where.</exception>
    public static FeatureMoments? Load<TModel, T>(Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelShape shape = TModel.Shape;
        ReadOnlySpan<byte> file = FileBytes.Read(stream, FileBytes.Limit(shape));
        ColumnMoments? moments = BinaryModel.Begins(file) ? BinaryModel.ReadMoments(file, shape) : JsonModel.ReadMoments(file, shape);
        return moments is null ? null : new FeatureMoments(moments);
    }
}
