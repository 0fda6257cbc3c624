using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>Sums over packed rows that the means and deviations of features are made of.</summary>
internal static class MomentSums
{
    private const int FeaturesAtOnce = 32;

    /// <summary>Adds the distances <c>x - center</c> of whole blocks of rows, or their squares, times the rows' weights and a scale.</summary>
    /// <param name="rows">The rows; see <see cref="PackedRows{T}"/>.</param>
    /// <param name="rowWeights">The weights of the rows, as many; empty where all weigh 1.</param>
    /// <param name="centers">The center of each feature.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="squared">Whether to square the distances.</param>
    /// <param name="sums">The sum of each feature, to add to.</param>
    public static void Add<T>(
        ReadOnlySpan<T> rows, ReadOnlySpan<T> rowWeights, ReadOnlySpan<double> centers, double scale, bool squared, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Two sums of each feature, so that an addition seldom waits for the one before.
        Span<Vector<double>> first = stackalloc Vector<double>[FeaturesAtOnce];
        Span<Vector<double>> second = stackalloc Vector<double>[FeaturesAtOnce];
        for (int from = 0; from < centers.Length; from += FeaturesAtOnce)
        {
            int features = Math.Min(FeaturesAtOnce, centers.Length - from);
            first[..features].Clear();
            second[..features].Clear();
            AddBlocks(rows, rowWeights, centers.Slice(from, features), from, centers.Length, scale, squared, first[..features], second[..features]);
            for (int k = 0; k < features; k++)
            {
                sums[from + k] += Vector.Sum(first[k] + second[k]);
            }
        }
    }

    // Block by block, in the order of the memory: feature by feature, whose numbers lie a block apart, took twice the time where rows are out of the caches.
    private static void AddBlocks<T>(
        ReadOnlySpan<T> rows,
        ReadOnlySpan<T> rowWeights,
        ReadOnlySpan<double> centers,
        int from,
        int features,
        double scale,
        bool squared,
        Span<Vector<double>> first,
        Span<Vector<double>> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        int blocks = rows.Length / (blockRows * features);
        bool isWeighted = !rowWeights.IsEmpty;
        for (int block = 0; block < blocks; block++)
        {
            ref T lanes = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), ((block * features) + from) * blockRows);
            ref T weights = ref Unsafe.Add(ref MemoryMarshal.GetReference(rowWeights), isWeighted ? block * blockRows : 0);
            for (int k = 0; k < centers.Length; k++)
            {
                var center = new Vector<double>(centers[k]);
                first[k] += Term(ref lanes, ref weights, 0, center, squared, isWeighted, scale);
                for (int lane = Vector<double>.Count; lane < blockRows; lane += Vector<double>.Count)
                {
                    second[k] += Term(ref lanes, ref weights, lane, center, squared, isWeighted, scale);
                }

                lanes = ref Unsafe.Add(ref lanes, blockRows);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Term<T>(ref T lanes, ref T weights, int lane, Vector<double> center, bool squared, bool isWeighted, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<double> distance = Load(ref lanes, lane) - center;

        // Weighted before it is squared: a padded row of weight 0 may be so far from the center that its square would be infinite.
        Vector<double> weighted = distance * (isWeighted ? Load(ref weights, lane) * scale : new Vector<double>(scale));
        return squared ? weighted * distance : weighted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load<T>(ref T lanes, int lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
        ? Vector.LoadUnsafe(ref Unsafe.As<T, double>(ref lanes), (nuint)lane)
        : LoadHalf(ref Unsafe.As<T, float>(ref lanes), lane);

    // As many lanes as a vector of doubles has: the lower or the upper half of a vector, since both divide a block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> LoadHalf(ref float lanes, int lane)
    {
        int half = lane % Vector<float>.Count;
        Vector<float> both = Vector.LoadUnsafe(ref lanes, (nuint)(lane - half));
        return half == 0 ? Vector.WidenLower(both) : Vector.WidenUpper(both);
    }
}
