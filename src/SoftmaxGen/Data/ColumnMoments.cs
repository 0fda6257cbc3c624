using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>Where the features of a training set lie, and how far they spread.</summary>
/// <param name="Means">The weighted mean of each feature.</param>
/// <param name="Deviations">The weighted standard deviation of each feature (divisor n); 0 for a constant feature.</param>
internal sealed record ColumnMoments(double[] Means, double[] Deviations)
{
    private const int BlocksAtOnce = 64;

    /// <summary>
    /// Measures rows in two passes, because the textbook <c>E[x^2] - E[x]^2</c> loses every digit of a feature with a large mean. The first one takes the
    /// distances to a row that counts: those of a constant feature are exactly 0, and so is its deviation.
    /// </summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="totalWeight">The sum of their weights.</param>
    /// <returns>The moments.</returns>
    public static ColumnMoments Of<T>(RowStore<T> rows, double totalWeight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] means = FirstRowThatCounts(rows);
        double[] distances = MeanDistances(rows, totalWeight, means, squared: false);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] += distances[k];
        }

        double[] variances = MeanDistances(rows, totalWeight, means, squared: true);
        return new ColumnMoments(means, Array.ConvertAll(variances, Math.Sqrt));
    }

    private static double[] FirstRowThatCounts<T>(RowStore<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int row = 0;
        while (rows.RowWeight(row) == 0)
        {
            row++;
        }

        double[] values = new double[rows.Features];
        rows.ReadRow(row, values);
        return values;
    }

    /// <summary>Computes the weighted mean of <c>x - center</c>, or of its square, for each feature.</summary>
    private static double[] MeanDistances<T>(RowStore<T> rows, double totalWeight, double[] centers, bool squared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        double[] sums = new double[rows.Features];
        int wholeBlocks = rows.Count / blockRows;
        for (int first = 0; first < wholeBlocks; first += BlocksAtOnce)
        {
            int blocks = Math.Min(BlocksAtOnce, wholeBlocks - first);
            Add(first, blocks, rows.RowWeights(first * blockRows, blocks * blockRows));
        }

        int rest = rows.Count % blockRows;
        if (rest > 0)
        {
            Span<T> ones = stackalloc T[blockRows];
            ones[..rest].Fill(T.One);
            Add(wholeBlocks, 1, rows.HasRowWeights ? rows.RowWeights(wholeBlocks * blockRows, blockRows) : ones);
        }

        return sums;

        void Add(int first, int blocks, ReadOnlySpan<T> rowWeights) =>
            MomentSums.Add(rows.Blocks(first, blocks), rowWeights, centers, 1 / totalWeight, squared, sums);
    }
}
