using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data;

/// <summary>What the rows of a training set weigh.</summary>
/// <param name="Classes">The weighted number of rows of each class, <c>C</c> numbers.</param>
/// <param name="Weight">The sum of the rows' weights.</param>
/// <param name="SmallestRowWeight">The smallest positive weight of a row.</param>
internal sealed record RowTotals(double[] Classes, double Weight, double SmallestRowWeight)
{
    /// <summary>Weighs rows.</summary>
    /// <typeparam name="T">The type of their features.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <returns>What they weigh.</returns>
    /// <exception cref="ArgumentException">The weights add up to 0 or overflow.</exception>
    public static RowTotals Create<T>(RowStore<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rows.HasRowWeights
            ? Weigh(rows, CheckedRows.RowWeightsName)
            : new RowTotals(CountRows(rows), rows.Count, 1);

    private static RowTotals Weigh<T>(RowStore<T> rows, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] classes = new double[rows.Classes];
        double total = 0;
        double smallest = double.PositiveInfinity;
        ReadOnlySpan<T> classIndices = rows.ClassIndices;
        ReadOnlySpan<T> rowWeights = rows.RowWeights(0, rows.Count);
        for (int row = 0; row < classIndices.Length; row++)
        {
            double weight = double.CreateTruncating(rowWeights[row]);
            classes[int.CreateTruncating(classIndices[row])] += weight;
            total += weight;
            if (weight > 0)
            {
                smallest = Math.Min(smallest, weight);
            }
        }

        if (total == 0)
        {
            throw new ArgumentException("Every row weighs 0; at least one must weigh more.", parameterName);
        }

        if (double.IsInfinity(total))
        {
            throw new ArgumentException("The sum of the row weights overflows.", parameterName);
        }

        return new RowTotals(classes, total, smallest);
    }

    // Rows of weight 1. Class by class, which is vectorised and less than a feature of a kernel's pass.
    private static double[] CountRows<T>(RowStore<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] classes = new double[rows.Classes];
        ReadOnlySpan<T> classIndices = rows.ClassIndices;
        for (int j = 0; j < classes.Length; j++)
        {
            // Whole numbers are equal where their bits are.
            T index = T.CreateTruncating(j);
            classes[j] = typeof(T) == typeof(double)
                ? MemoryMarshal.Cast<T, long>(classIndices).Count(Unsafe.BitCast<T, long>(index))
                : MemoryMarshal.Cast<T, int>(classIndices).Count(Unsafe.BitCast<T, int>(index));
        }

        return classes;
    }
}
