using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>What the rows of a training set weigh.</summary>
internal sealed record RowTotals(double[] Classes, double Weight, double SmallestRowWeight)
{
    private const int FewRows = 1024;

    /// <summary>Weighs rows.</summary>
    /// <exception cref="ArgumentException">The weights add up to 0 or overflow.</exception>
    public static RowTotals Create<T>(RowStore<T> rows, IChunkFold fold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rows.HasRowWeights
            ? Weigh(rows, fold, CheckedRows.RowWeightsName)
            : new RowTotals(
                fold.Run(rows, rows.Classes, Folding.Sum, (chunk, piece, classes) => CountRows(rows.Read(chunk, piece), classes)), fold.RowCount, 1);

    /// <summary>Counts the rows that weigh more than 0.</summary>
    /// <typeparam name="T">The type of their features.</typeparam>
    /// <param name="rows">The rows of this process.</param>
    /// <param name="fold">Adds up how many there are of all rows.</param>
    /// <returns>How many there are.</returns>
    public static long CountWeighing<T>(RowStore<T> rows, IChunkFold fold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rows.HasRowWeights
        ? (long)fold.Run(rows, 1, Folding.Sum, (chunk, piece, count) => count[0] += CountPositive(rows.Read(chunk, piece)))[0]
        : fold.RowCount;

    private static int CountPositive<T>(PackedRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0;
        foreach (T weight in rows.RowWeights[..rows.Count])
        {
            count += weight > T.Zero ? 1 : 0;
        }

        return count;
    }

    private static RowTotals Weigh<T>(RowStore<T> rows, IChunkFold fold, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] totals = fold.Run(rows, rows.Classes + 1, Folding.Sum, (chunk, piece, sums) => AddWeights(rows.Read(chunk, piece), sums));
        double total = totals[^1];
        if (total == 0)
        {
            throw new ArgumentException("Every row weighs 0; at least one must weigh more.", parameterName);
        }

        if (double.IsInfinity(total))
        {
            throw new ArgumentException("The sum of the row weights overflows.", parameterName);
        }

        double[] smallest = fold.Run(
            rows, 1, Folding.Largest, (chunk, piece, negative) => negative[0] = Math.Max(negative[0], -SmallestWeight(rows.Read(chunk, piece))));
        return new RowTotals(totals[..^1], total, -smallest[0]);
    }

    // The weight of each class, and behind them that of all.
    private static void AddWeights<T>(PackedRows<T> rows, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = double.CreateTruncating(rows.RowWeights[row]);
            sums[int.CreateTruncating(rows.ClassIndices[row])] += weight;
            sums[^1] += weight;
        }
    }

    private static double SmallestWeight<T>(PackedRows<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double smallest = double.PositiveInfinity;
        foreach (T rowWeight in rows.RowWeights[..rows.Count])
        {
            double weight = double.CreateTruncating(rowWeight);
            smallest = weight > 0 ? Math.Min(smallest, weight) : smallest;
        }

        return smallest;
    }

    // Rows of weight 1. Many go class by class, which is vectorised and less than a feature of a kernel's pass; the vectors are not worth loading for a few.
    private static void CountRows<T>(PackedRows<T> rows, Span<double> classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Count > FewRows)
        {
            CountManyRows(rows, classes);
            return;
        }

        // In two sums: the next row is often of the same class, and would wait for the sum of the one before.
        ReadOnlySpan<T> indices = rows.ClassIndices[..rows.Count];
        double[] others = new double[classes.Length];
        for (int row = 0; row < indices.Length; row++)
        {
            Span<double> sums = row % 2 == 0 ? classes : others;
            sums[int.CreateTruncating(indices[row])]++;
        }

        for (int j = 0; j < others.Length; j++)
        {
            classes[j] += others[j];
        }
    }

    private static void CountManyRows<T>(PackedRows<T> rows, Span<double> classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> classIndices = rows.ClassIndices[..rows.Count];
        for (int j = 0; j < classes.Length; j++)
        {
            // Whole numbers are equal where their bits are.
            T index = T.CreateTruncating(j);
            classes[j] += typeof(T) == typeof(double)
                ? MemoryMarshal.Cast<T, long>(classIndices).Count(Unsafe.BitCast<T, long>(index))
                : MemoryMarshal.Cast<T, int>(classIndices).Count(Unsafe.BitCast<T, int>(index));
        }
    }
}
