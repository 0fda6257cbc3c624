using System.ComponentModel;
using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Numerics;

/// <summary>
/// A tile of rows without vectors, for hardware that has none: there the software fallback of the vector types is some ten times slower
/// than plain loops. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PortableTile
{
    /// <summary>Adds the rows of a tile to the gradient sums of classes 1 to <c>C-1</c>.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="features">The blocks of the tile.</param>
    /// <param name="classIndices">The class index of each row.</param>
    /// <param name="rowWeights">The weight of each row; empty when every row weighs 1.</param>
    /// <param name="residuals">Scratch for the residuals of one block: <c>C-1</c> row vectors.</param>
    /// <param name="sums">The gradient sums, <c>(C-1) x (m+1)</c>.</param>
    /// <param name="sumStride">Elements from one gradient sum to the next.</param>
    /// <returns>The sum of the rows' weighted losses.</returns>
    public static double Add<T>(
        ReadOnlySpan<double> weights,
        ReadOnlySpan<T> features,
        ReadOnlySpan<T> classIndices,
        ReadOnlySpan<T> rowWeights,
        Span<T> residuals,
        Span<double> sums,
        int sumStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        int blockLength = features.Length / (classIndices.Length / blockRows);
        double loss = 0;
        for (int first = 0; first < classIndices.Length; first += blockRows)
        {
            ReadOnlySpan<T> block = features.Slice(first / blockRows * blockLength, blockLength);
            ReadOnlySpan<T> blockWeights = rowWeights.IsEmpty ? default : rowWeights.Slice(first, blockRows);
            loss += CarefulSoftmax.Rows(weights, block, classIndices.Slice(first, blockRows), blockWeights, residuals, blockRows);
            AddGradient(block, residuals, sums, sumStride, blockRows);
        }

        return loss;
    }

    private static void AddGradient<T>(ReadOnlySpan<T> block, ReadOnlySpan<T> residuals, Span<double> sums, int sumStride, int blockRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int sum = 0;
        for (int j = 0; j < residuals.Length; j += blockRows)
        {
            ReadOnlySpan<T> residual = residuals.Slice(j, blockRows);
            sums[sum] += Sum(residual);
            sum += sumStride;
            for (int k = 0; k < block.Length; k += blockRows)
            {
                sums[sum] += Dot(residual, block.Slice(k, blockRows));
                sum += sumStride;
            }
        }
    }

    private static double Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
        {
            sum += double.CreateTruncating(value);
        }

        return sum;
    }

    private static double Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += double.CreateTruncating(a[i] * b[i]);
        }

        return sum;
    }
}
