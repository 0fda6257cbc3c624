using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Saves what a training found, when the model is of <see cref="float"/>. The result's type does not say the precision, but the constraint does: of the two
/// classes the compiler takes the one whose constraint the model meets.
/// </summary>
public static class SingleResultFile
{
    /// <summary>Saves a trained model and a summary of its training to a path, atomically, as <see cref="ModelFile"/> does.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="result">The result of the training.</param>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="date">The date to write into the summary; none when null, so that the same training gives the same bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public static void Save<TModel>(this TrainingResult<TModel> result, string path, ModelFormat format = ModelFormat.Json, DateOnly? date = null)
        where TModel : class, ISoftmaxModel<TModel, float>
    {
        ArgumentNullException.ThrowIfNull(result);
        ModelFile.Save(result.Model, path, format, result.Summarize(date));
    }

    /// <summary>Saves a trained model and a summary of its training to a stream, at its position; the stream is left open.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="result">The result of the training.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="format">The form of the file.</param>
    /// <param name="date">The date to write into the summary; none when null, so that the same training gives the same bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is undefined.</exception>
    public static void Save<TModel>(this TrainingResult<TModel> result, Stream stream, ModelFormat format = ModelFormat.Json, DateOnly? date = null)
        where TModel : class, ISoftmaxModel<TModel, float>
    {
        ArgumentNullException.ThrowIfNull(result);
        ModelFile.Save(result.Model, stream, format, result.Summarize(date));
    }
}
