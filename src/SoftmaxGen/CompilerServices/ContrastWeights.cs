using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>Between the weights of classes and those of contrasts, which are relative to class 0. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContrastWeights
{
    /// <summary>Lays out scaled weights as the scores of a tile read them: so many contrasts at a time, column by column.</summary>
    /// <typeparam name="T">The type of the scores.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">The columns, <c>m + 1</c>.</param>
    /// <param name="atOnce">The contrasts of a pass.</param>
    /// <param name="scale">What the weights are multiplied by.</param>
    /// <param name="prepared">Receives <c>(C - 1)(m + 1)</c> weights.</param>
    [MethodImpl(AggressiveOptimization)]
    public static void Prepare<T>(ReadOnlySpan<double> weights, int columns, int atOnce, double scale, Span<T> prepared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columns < 1 || atOnce < 1)
        {
            ThrowSizes(columns, atOnce);
        }

        int pass = (int)Math.Min((long)atOnce * columns, weights.Length);
        int i = 0;
        for (int first = columns; first < weights.Length; first += pass)
        {
            int end = Math.Min(first + pass, weights.Length);
            for (int k = 0; k < columns; k++)
            {
                for (int row = first; row < end; row += columns)
                {
                    prepared[i++] = T.CreateTruncating(scale * (weights[row + k] - weights[k]));
                }
            }
        }
    }

    /// <summary>Adds the sums of the contrasts to a gradient: row j gains those of contrast j, row 0 loses them all.</summary>
    /// <param name="gradient">The gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">The columns, <c>m + 1</c>.</param>
    /// <param name="sums">The <c>(C - 1)(m + 1)</c> sums.</param>
    /// <param name="factor">What the sums are multiplied by.</param>
    [MethodImpl(AggressiveOptimization)]
    public static void AddSumsTo(Span<double> gradient, int columns, ReadOnlySpan<double> sums, double factor)
    {
        if (columns < 1)
        {
            ThrowSizes(columns, atOnce: 1);
        }

        int i = 0;
        for (int row = columns; row < gradient.Length; row += columns)
        {
            for (int k = 0; k < columns; k++)
            {
                double sum = factor * sums[i++];
                gradient[row + k] += sum;
                gradient[k] -= sum;
            }
        }
    }

    // Inlined, what throws would cost the first pass of a process a millisecond: the texts of the framework.
    [MethodImpl(NoInlining)]
    private static void ThrowSizes(int columns, int atOnce)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
    }
}
