using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>Sums over packed rows that the means and deviations of features are made of.</summary>
internal static class MomentSums
{
    /// <summary>Adds the distances <c>x - center</c> of whole blocks of rows, or their squares, times the rows' weights and a scale.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="rows">The rows; see <see cref="PackedRows{T}"/>.</param>
    /// <param name="rowWeights">The weights of the rows; empty where all weigh 1.</param>
    /// <param name="centers">The center of each feature.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="squared">Whether to square the distances.</param>
    /// <param name="sums">The sum of each feature, to add to.</param>
    public static void Add<T>(
        ReadOnlySpan<T> rows, ReadOnlySpan<T> rowWeights, ReadOnlySpan<double> centers, double scale, bool squared, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        int blockLength = blockRows * centers.Length;
        for (int k = 0; k < centers.Length; k++)
        {
            var center = new Vector<double>(centers[k]);
            Vector<double> sum = Vector<double>.Zero;
            for (int block = 0; block < rows.Length / blockLength; block++)
            {
                ReadOnlySpan<T> lanes = rows.Slice((block * blockLength) + (k * blockRows), blockRows);
                ReadOnlySpan<T> weights = rowWeights.IsEmpty ? default : rowWeights.Slice(block * blockRows, blockRows);
                for (int lane = 0; lane < blockRows; lane += Vector<double>.Count)
                {
                    Vector<double> distance = Load(lanes, lane) - center;
                    Vector<double> term = squared ? distance * distance : distance;
                    sum += weights.IsEmpty ? term * scale : term * (Load(weights, lane) * scale);
                }
            }

            sums[k] += Vector.Sum(sum);
        }
    }

    // As many lanes as a vector of doubles has. Those of single precision are the lower or the upper half of a vector, since both divide a block.
    private static Vector<double> Load<T>(ReadOnlySpan<T> lanes, int lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            return MemoryMarshal.Cast<T, Vector<double>>(lanes)[lane / Vector<double>.Count];
        }

        Vector<float> both = MemoryMarshal.Cast<T, Vector<float>>(lanes)[lane / Vector<float>.Count];
        return lane % Vector<float>.Count == 0 ? Vector.WidenLower(both) : Vector.WidenUpper(both);
    }
}
