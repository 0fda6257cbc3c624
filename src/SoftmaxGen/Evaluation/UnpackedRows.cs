using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>Takes packed rows apart again, for what no kernel does.</summary>
internal static class UnpackedRows
{
    /// <summary>Copies the rows of a training set whose weight is not 0.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="parameterName">The name of the argument with the set.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="ArgumentNullException">The set is null.</exception>
    /// <exception cref="ArgumentException">
    /// The labels are soft, or something is added to the scores: metrics are of labels and of the model's own scores.
    /// </exception>
    public static LabelledRows<T> Copy<TModel, T>(TrainingSet<TModel, T> set, string parameterName)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set, parameterName);
        set.RefuseJoined();
        RowStore<T> source = set.Rows;
        if (source.HasTargets || source.HasOffsets)
        {
            throw new ArgumentException(
                $"The set has {(source.HasTargets ? "soft labels" : "offsets")}; only rows with labels can be evaluated.", parameterName);
        }

        ModelShape shape = TModel.Shape;
        var rows = new T[source.Count * shape.Features];
        int[] labels = new int[source.Count];
        T[] weights = source.HasRowWeights ? new T[source.Count] : [];
        int count = 0;
        using Lifetime.Call call = set.Hold();
        source.Visit(0, 1, row =>
        {
            Precision.Narrow(row.Columns[1..], rows.AsSpan(count * shape.Features, shape.Features));
            labels[count] = shape.Label(row.ClassIndex);
            if (weights.Length > 0)
            {
                weights[count] = T.CreateTruncating(row.Weight);
            }

            count++;
            return true;
        });
        return new LabelledRows<T>
        {
            Rows = rows.AsSpan(0, count * shape.Features),
            Labels = labels.AsSpan(0, count),
            Weights = weights.AsSpan(0, Math.Min(count, weights.Length)),
            RowsName = parameterName,
            LabelsName = parameterName,
        };
    }
}
