using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;

namespace SoftmaxGen;

/// <summary>
/// The rows of a training set in the coordinates of the trainer. Derivatives that are summed from such rows keep their digits whatever the mean of a feature
/// is; those of raw rows lose twice as many as the mean has over the deviation, before a change of variables could mend it.
/// </summary>
internal static class CentredRows
{
    /// <summary>What is done with a row.</summary>
    /// <param name="row">The row, which is overwritten by the next.</param>
    public delegate void RowAction(CentredRow row);

    /// <summary>Goes over the rows whose weight is not 0, in the order of the store.</summary>
    /// <typeparam name="T">The type of their features.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="coordinates">The coordinates.</param>
    /// <param name="action">What to do with each row.</param>
    public static void ForEach<T>(RowStore<T> rows, Coordinates coordinates, RowAction action)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] columns = new double[rows.Features + 1];
        double[] targets = new double[rows.HasTargets ? rows.Classes : 0];
        double[] offsets = new double[rows.HasOffsets ? rows.Classes : 0];
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = rows.RowWeight(row);
            if (weight > 0)
            {
                columns[0] = 1;
                rows.ReadRow(row, columns.AsSpan(1));

                // [1, x] is the gradient of a score by the weights of its class, and z that by their coordinates.
                coordinates.ToGradient(columns);
                Precision.Widen(rows.Targets(row), targets);
                Precision.Widen(rows.Offsets(row), offsets);
                action(new CentredRow
                {
                    Columns = columns,
                    ClassIndex = rows.ClassIndex(row),
                    Targets = targets,
                    Offsets = offsets,
                    Weight = weight,
                });
            }
        }
    }
}
