using System.Numerics;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Takes over logistic regressions of scikit-learn: from the JSON of their attributes, which five lines of Python write (<c>docs/scikit-learn.md</c>),
/// with the <c>StandardScaler</c> before them, if there is one, folded in; and pipelines of encoders, imputers and scalers, by the names of the model's
/// columns. Thread-safe.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/scikit-learn.md">models of scikit-learn</see>.</remarks>
/// <example>
/// <code>
/// IrisModel model = SklearnImport.Load&lt;IrisModel, double&gt;("iris.sklearn.json");
/// </code>
/// </example>
public static class SklearnImport
{
    /// <summary>Loads a model from a stream, read from its position to its end and left open.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights, to which those of the file are rounded.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <returns>
    /// The model, which takes raw features. Its classes are those of the same name, or label, in <c>classes_</c>; its features are those of the same name in
    /// <c>feature_names_in_</c>, or in the same place where the file or the model has no names. The <c>mean_</c> and <c>scale_</c> of a scaler are its
    /// <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>. Where the file has <c>columns</c>, they name the column of the model that each coefficient belongs
    /// to, and every column has a coefficient, is <c>dropped</c>, or is for the missing values of a member whose blanks are filled in.
    /// </returns>
    /// <exception cref="ModelFormatException">The file is no such file, or it does not fit the model; the message says what differs and where.</exception>
    public static TModel Load<TModel, T>(Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => FileBytes.Load(stream, static stream =>
        {
            ModelShape shape = TModel.Shape;
            StoredModel<double> stored = new SklearnReader(shape).Read(FileBytes.Read(stream, FileBytes.Limit(shape)));
            return TModel.FromWeights(Rounding.To<T>(stored.Weights), stored.Moments);
        });

    /// <summary>Loads a model from a path.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights, to which those of the file are rounded.</typeparam>
    /// <param name="path">The path of the file.</param>
    /// <returns>The model; see the other overload.</returns>
    /// <exception cref="ModelFormatException">The file is no such file, or it does not fit the model; the message says what differs and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TModel Load<TModel, T>(string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using FileStream stream = FileBytes.Open(path);
        return Load<TModel, T>(stream);
    }
}
