using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>Takes the packed rows of a training set apart again.</summary>
internal static class UnpackedRows
{
    /// <summary>Copies the rows of a training set whose weight is not 0.</summary>
    /// <exception cref="ArgumentNullException">The set is null.</exception>
    /// <exception cref="ArgumentException">
    /// The labels are soft, or something is added to the scores: metrics are of labels and of the model's own scores. Or there are too many rows to copy.
    /// </exception>
    public static LabelledRows<T> Copy<TModel, T>(TrainingSet<TModel, T> set, string parameterName)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set, parameterName);
        set.RefuseJoined();
        using Lifetime.Call call = set.Hold();
        return new LabelledBatches<T>(set.Rows, TModel.Shape, set.Rows.Count, parameterName).NextThatCount();
    }
}
