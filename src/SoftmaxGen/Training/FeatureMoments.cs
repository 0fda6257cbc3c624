using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Where the features of the training rows lie and how far they spread, by the weights of the rows. A trained model has them, its file keeps them, and
/// explanations and importances refer to them. Immutable and thread-safe.
/// </summary>
/// <example>
/// <code>
/// FeatureMoments moments = fit.FeatureMoments;
/// FeatureMoments? kept = IrisModel.Load("iris.softmax.json").FeatureMoments;          // the same numbers; null where the file has none
/// </code>
/// </example>
public sealed class FeatureMoments
{
    private readonly ColumnMoments _moments;

    /// <summary>Initializes a new instance of the <see cref="FeatureMoments"/> class: of rows that somebody else measured.</summary>
    /// <param name="means">The mean of each of the <c>m</c> features; copied.</param>
    /// <param name="deviations">The standard deviation of each of the <c>m</c> features, 0 for a constant one; copied.</param>
    /// <exception cref="ArgumentException">The lengths differ, a number is not finite, or a deviation is negative.</exception>
    public FeatureMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        Guard.Length(deviations.Length, means.Length, nameof(deviations));
        for (int k = 0; k < means.Length; k++)
        {
            RequireNumber(double.IsFinite(means[k]), means[k], k, "finite", nameof(means));
            RequireNumber(double.IsFinite(deviations[k]) && deviations[k] >= 0, deviations[k], k, "finite and not negative", nameof(deviations));
        }

        _moments = new ColumnMoments(means.ToArray(), deviations.ToArray());
    }

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
    /// The moments that were saved with the model; else those of the standardisation that the file asks for; null when it has neither.
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
    /// The moments that were saved with the model; else those of the standardisation that the file asks for; null when it has neither.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model; the message says what differs and where.</exception>
    public static FeatureMoments? Load<TModel, T>(Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FileBytes.Load(stream, static stream =>
        {
            ModelShape shape = TModel.Shape;
            return ModelFile.ReadMoments(FileBytes.Read(stream, FileBytes.Limit(shape)), shape);
        });

    /// <summary>Gets the moments that a model knows.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The model knows none.</exception>
    internal static FeatureMoments Require<TModel, T>(ISoftmaxModel<TModel, T> model)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.FeatureMoments ?? throw new InvalidOperationException(
            "The model does not know the moments of its training rows: it was made of weights alone, or of a file without them. Pass a reference or "
            + "the moments as an argument, make the model by FromWeights(weights, featureMoments), or load the file that was saved after the training.");
    }

    private static void RequireNumber(bool isValid, double value, int feature, string rule, string parameterName)
    {
        if (!isValid)
        {
            throw Refusal.Argument($"Number {feature} is {value}; every one must be {rule}.", parameterName);
        }
    }
}
