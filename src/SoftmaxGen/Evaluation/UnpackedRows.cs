using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>Takes packed rows apart again, for what no kernel does.</summary>
internal static class UnpackedRows
{
    /// <summary>What is done with a row.</summary>
    /// <param name="row">The row <c>[1, x1..xm]</c>.</param>
    /// <param name="classIndex">The index of its class.</param>
    /// <param name="weight">Its weight, positive.</param>
    public delegate void RowAction(ReadOnlySpan<double> row, int classIndex, double weight);

    /// <summary>Goes over the rows of a training set whose weight is not 0, in order.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="action">What to do with each row.</param>
    public static void ForEach<TModel, T>(TrainingSet<TModel, T> set, RowAction action)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] row = new double[TModel.Shape.Features + 1];
        row[0] = 1;
        for (int chunk = 0; chunk < set.ChunkCount; chunk++)
        {
            PackedRows<T> rows = set.Chunk(chunk);
            for (int i = 0; i < rows.Count; i++)
            {
                double weight = rows.RowWeights.IsEmpty ? 1 : double.CreateTruncating(rows.RowWeights[i]);
                if (weight > 0)
                {
                    Unpack(rows.Features, i, row.AsSpan(1));
                    action(row, int.CreateTruncating(rows.ClassIndices[i]), weight);
                }
            }
        }

        // The spans above are plain references into native memory, which a finaliser must not free beneath them.
        GC.KeepAlive(set);
    }

    /// <summary>Copies the rows of a training set whose weight is not 0.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="parameterName">The name of the argument with the set.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="ArgumentNullException">The set is null.</exception>
    /// <exception cref="ArgumentException">The labels are soft, or something is added to the scores: metrics are of labels and of the model's own scores.</exception>
    public static LabelledRows<T> Copy<TModel, T>(TrainingSet<TModel, T> set, string parameterName)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set, parameterName);
        RowStore<T> store = set.Rows;
        if (store.HasTargets || store.HasOffsets)
        {
            throw new ArgumentException(
                $"The set has {(store.HasTargets ? "soft labels" : "offsets")}; only rows with labels can be evaluated.", parameterName);
        }

        ModelShape shape = TModel.Shape;
        var rows = new T[store.Count * shape.Features];
        int[] labels = new int[store.Count];
        T[] weights = store.HasRowWeights ? new T[store.Count] : [];
        double[] row = new double[shape.Features];
        int count = 0;
        for (int i = 0; i < store.Count; i++)
        {
            double weight = store.RowWeight(i);
            if (weight > 0)
            {
                store.ReadRow(i, row);
                Precision.Narrow(row, rows.AsSpan(count * shape.Features, shape.Features));
                labels[count] = shape.Label(store.ClassIndex(i));
                if (weights.Length > 0)
                {
                    weights[count] = T.CreateTruncating(weight);
                }

                count++;
            }
        }

        // The store holds native memory, which a finaliser must not free meanwhile.
        GC.KeepAlive(set);
        return new LabelledRows<T>
        {
            Rows = rows.AsSpan(0, count * shape.Features),
            Labels = labels.AsSpan(0, count),
            Weights = weights.AsSpan(0, Math.Min(count, weights.Length)),
            RowsName = parameterName,
            LabelsName = parameterName,
        };
    }

    private static void Unpack<T>(ReadOnlySpan<T> packed, int row, Span<double> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int block, int lane) = int.DivRem(row, PackedRows<T>.BlockRows);
        for (int k = 0; k < features.Length; k++)
        {
            features[k] = double.CreateTruncating(packed[(((block * features.Length) + k) * PackedRows<T>.BlockRows) + lane]);
        }
    }
}
