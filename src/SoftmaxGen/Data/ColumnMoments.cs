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
    public static ColumnMoments Create<T>(RowStore<T> rows, IChunkFold fold, double totalWeight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] means = FirstRowThatCounts(rows, fold);
        double[] distances = MeanDistances(rows, fold, totalWeight, means, squared: false);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] += distances[k];
        }

        double[] variances = MeanDistances(rows, fold, totalWeight, means, squared: true);
        double[] deviations = Array.ConvertAll(variances, Math.Sqrt);
        for (int k = 0; k < means.Length; k++)
        {
            bool isConstant = variances[k] == 0 && Math.Abs(means[k]) > SmallestMean;
            if (!isConstant && !(variances[k] >= SmallestVariance && variances[k] <= LargestVariance))
            {
                (means[k], deviations[k]) = MeasureScaled(rows, fold, totalWeight, k);
            }

            if (IsRounding(rows, fold, k, means[k], deviations[k]))
            {
                deviations[k] = 0;
            }
        }

        return new ColumnMoments(means, deviations);
    }

    /// <summary>
    /// Measures one feature, scaled by the power of two that takes its largest magnitude to between 1 and 2: no square of it leaves the range.
    /// </summary>
    private static (double Mean, double Deviation) MeasureScaled<T>(RowStore<T> rows, IChunkFold fold, double totalWeight, int feature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = LargestDistance(rows, fold, feature, from: 0);
        if (largest == 0)
        {
            return (0, 0);
        }

        int exponent = Math.ILogB(largest);
        double center = Math.ScaleB(FirstRowThatCounts(rows, fold)[feature], -exponent);
        double mean = center + MeanScaled(center, squared: false);
        double deviation = Math.Sqrt(MeanScaled(mean, squared: true));
        return (Math.ScaleB(mean, exponent), Math.ScaleB(deviation, exponent));

        double MeanScaled(double from, bool squared) => fold.Run(rows, 1, Folding.Sum, (chunk, piece, sum) =>
        {
            PackedRows<T> packed = rows.Read(chunk, piece);
            for (int row = 0; row < packed.Count; row++)
            {
                double distance = Math.ScaleB(Feature(packed, row, feature), -exponent) - from;
                sum[0] += Weight(packed, row) is > 0 and double weight ? weight / totalWeight * (squared ? distance * distance : distance) : 0;
            }
        })[0];
    }

    /// <summary>
    /// Decides whether a feature is constant but for rounding: its variance is within <c>n eps v + (n eps mean)^2</c>, the rule of scikit-learn's scalers, and
    /// no row is further from the mean than rounding takes it. The second condition keeps a feature that differs in one row of a million, or in a row of
    /// little weight.
    /// </summary>
    private static bool IsRounding<T>(RowStore<T> rows, IChunkFold fold, int feature, double mean, double deviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        double unit = isSingle ? float.BitIncrement(1) - 1 : double.BitIncrement(1) - 1;
        double farthest = (isSingle ? RoundingUnitsOfSingle : RoundingUnits) * unit * Math.Abs(mean);
        double rounding = fold.RowCount * unit;
        return deviation != 0
            && deviation * Math.Sqrt(Math.Max(0, 1 - rounding)) <= rounding * Math.Abs(mean)
            && LargestDistance(rows, fold, feature, mean) <= farthest;
    }

    /// <summary>Finds how far the farthest row of positive weight is from a place.</summary>
    private static double LargestDistance<T>(RowStore<T> rows, IChunkFold fold, int feature, double from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => fold.Run(rows, 1, Folding.Largest, (chunk, piece, largest) =>
        {
            PackedRows<T> packed = rows.Read(chunk, piece);
            for (int row = 0; row < packed.Count; row++)
            {
                largest[0] = Weight(packed, row) > 0 ? Math.Max(largest[0], Math.Abs(Feature(packed, row, feature) - from)) : largest[0];
            }
        })[0];

    private static double[] FirstRowThatCounts<T>(RowStore<T> rows, IChunkFold fold)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] first = fold.Run(rows, rows.Features + 1, Folding.First, (chunk, piece, columns) =>
        {
            PackedRows<T> packed = rows.Read(chunk, piece);
            int row = columns[0] == 0 ? 0 : packed.Count;
            while (row < packed.Count && Weight(packed, row) == 0)
            {
                row++;
            }

            if (row < packed.Count)
            {
                columns[0] = 1;
                for (int k = 1; k < columns.Length; k++)
                {
                    columns[k] = Feature(packed, row, k - 1);
                }
            }
        });
        return first[1..];
    }

    /// <summary>Computes the weighted mean of <c>x - center</c>, or of its square, for each feature.</summary>
    private static double[] MeanDistances<T>(RowStore<T> rows, IChunkFold fold, double totalWeight, double[] centers, bool squared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => fold.Run(rows, rows.Features, Folding.Sum, (chunk, piece, sums) =>
        {
            PackedRows<T> packed = rows.Read(chunk, piece);
            int blockRows = PackedRows<T>.BlockRows;
            int wholeBlocks = packed.Count / blockRows;
            for (int first = 0; first < wholeBlocks; first += BlocksAtOnce)
            {
                int blocks = Math.Min(BlocksAtOnce, wholeBlocks - first);
                AddDistances(packed, first, blocks, Weights(packed, first * blockRows, blocks * blockRows), centers, 1 / totalWeight, squared, sums);
            }

            int rest = packed.Count % blockRows;
            if (rest > 0)
            {
                // No Fill: it would load vectors that a first fit does not need otherwise.
                T[] ones = new T[blockRows];
                for (int row = 0; row < rest; row++)
                {
                    ones[row] = T.One;
                }

                ReadOnlySpan<T> rowWeights = rows.HasRowWeights ? Weights(packed, wholeBlocks * blockRows, blockRows) : ones;
                AddDistances(packed, wholeBlocks, 1, rowWeights, centers, 1 / totalWeight, squared, sums);
            }
        });

    private static void AddDistances<T>(
        PackedRows<T> rows, int first, int blocks, ReadOnlySpan<T> rowWeights, double[] centers, double scale, bool squared, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockLength = PackedRows<T>.BlockRows * rows.FeatureCount;
        MomentSums.Add(rows.Features.Slice(first * blockLength, blocks * blockLength), rowWeights, centers, scale, squared, sums);
    }

    private static ReadOnlySpan<T> Weights<T>(PackedRows<T> rows, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rows.RowWeights.IsEmpty ? default : rows.RowWeights.Slice(first, count);

    private static double Weight<T>(PackedRows<T> rows, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rows.RowWeights.IsEmpty ? 1 : double.CreateTruncating(rows.RowWeights[row]);

    private static double Feature<T>(PackedRows<T> rows, int row, int feature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int block, int lane) = int.DivRem(row, PackedRows<T>.BlockRows);
        return double.CreateTruncating(rows.Features[(((block * rows.FeatureCount) + feature) * PackedRows<T>.BlockRows) + lane]);
    }
}
