using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.Compiler;

/// <summary>Reads rows of values into the row type of a model. For code that this library writes, alone.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowReader<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes features of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="features">Receives the features.</param>
    void CopyFeatures(RowValues row, Span<T> features);

    /// <summary>Computes the probabilities of a row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="row">The row.</param>
    /// <param name="probabilities">Receives the probabilities, in the order of the classes.</param>
    /// <returns>The label of the most probable class.</returns>
    int PredictProbabilities(TModel model, RowValues row, Span<T> probabilities);
}
