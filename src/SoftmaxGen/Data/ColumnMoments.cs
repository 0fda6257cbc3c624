using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>Where the features of a training set lie, and how far they spread.</summary>
/// <param name="Means">The weighted mean of each feature.</param>
/// <param name="Deviations">
/// The weighted standard deviation of each feature (divisor n); 0 for a feature that is constant, or constant but for rounding.
/// </param>
internal sealed record ColumnMoments(double[] Means, double[] Deviations)
{
    private const int BlocksAtOnce = 64;

    // Squares of distances, and sums of them, are neither infinite nor short of digits in between.
    private const double SmallestVariance = 1e-280;
    private const double LargestVariance = 1e280;

    // Numbers of this size or more are equal, or so far apart that the square of the distance is not 0.
    private const double SmallestMean = 1e-120;

    // How far rounding takes a number from what it should be, in units of the last place: that of a unit conversion or of a short sum, with room to spare.
    private const double RoundingUnits = 256;

    // Numbers of single precision have no digits to spare: a feature may well be right that varies by a few units of its last place.
    private const double RoundingUnitsOfSingle = 2;

    /// <summary>
    /// Measures rows in two passes, because the textbook <c>E[x^2] - E[x]^2</c> loses every digit of a feature with a large mean. The first one takes the
    /// distances to a row that counts: those of a constant feature are exactly 0, and so is its deviation. Features whose squares leave the range of
    /// double are measured once more, scaled by a power of two. A deviation that is nothing but rounding becomes 0.
    /// </summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="totalWeight">The sum of their weights.</param>
    /// <returns>The moments.</returns>
    public static ColumnMoments Create<T>(RowStore<T> rows, double totalWeight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] means = FirstRowThatCounts(rows);
        double[] distances = MeanDistances(rows, totalWeight, means, squared: false);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] += distances[k];
        }

        double[] variances = MeanDistances(rows, totalWeight, means, squared: true);
        double[] deviations = Array.ConvertAll(variances, Math.Sqrt);
        for (int k = 0; k < means.Length; k++)
        {
            bool isConstant = variances[k] == 0 && Math.Abs(means[k]) > SmallestMean;
            if (!isConstant && !(variances[k] >= SmallestVariance && variances[k] <= LargestVariance))
            {
                (means[k], deviations[k]) = MeasureScaled(rows, totalWeight, k);
            }

            if (IsRounding(rows, k, means[k], deviations[k]))
            {
                deviations[k] = 0;
            }
        }

        return new ColumnMoments(means, deviations);
    }

    /// <summary>
    /// Measures one feature, scaled by the power of two that takes its largest magnitude to between 1 and 2: no square of it leaves the range.
    /// </summary>
    private static (double Mean, double Deviation) MeasureScaled<T>(RowStore<T> rows, double totalWeight, int feature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        double first = double.NaN;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.RowWeight(row) > 0)
            {
                double x = rows.Feature(row, feature);
                first = double.IsNaN(first) ? x : first;
                largest = Math.Max(largest, Math.Abs(x));
            }
        }

        if (largest == 0)
        {
            return (0, 0);
        }

        int exponent = Math.ILogB(largest);
        double center = Math.ScaleB(first, -exponent);
        double mean = center + MeanScaled(center, squared: false);
        double deviation = Math.Sqrt(MeanScaled(mean, squared: true));
        return (Math.ScaleB(mean, exponent), Math.ScaleB(deviation, exponent));

        double MeanScaled(double from, bool squared)
        {
            double sum = 0;
            for (int row = 0; row < rows.Count; row++)
            {
                double distance = Math.ScaleB(rows.Feature(row, feature), -exponent) - from;
                sum += rows.RowWeight(row) is > 0 and double weight ? weight / totalWeight * (squared ? distance * distance : distance) : 0;
            }

            return sum;
        }
    }

    /// <summary>
    /// Decides whether a feature is constant but for rounding: its variance is within <c>n eps v + (n eps mean)^2</c>, the rule of scikit-learn's scalers, and
    /// no row is further from the mean than rounding takes it. The second condition keeps a feature that differs in one row of a million, or in a row of
    /// little weight.
    /// </summary>
    private static bool IsRounding<T>(RowStore<T> rows, int feature, double mean, double deviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        double unit = isSingle ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;
        double farthest = (isSingle ? RoundingUnitsOfSingle : RoundingUnits) * unit * Math.Abs(mean);
        double rounding = rows.Count * unit;
        if (deviation == 0 || deviation * Math.Sqrt(Math.Max(0, 1 - rounding)) > rounding * Math.Abs(mean))
        {
            return false;
        }

        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.RowWeight(row) > 0 && Math.Abs(rows.Feature(row, feature) - mean) > farthest)
            {
                return false;
            }
        }

        return true;
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
