using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>Finds NaN and infinities at memory speed.</summary>
internal static class FiniteScan
{
    /// <summary>Finds the first number that is NaN or infinite.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <returns>The index of the first, or -1 when all are finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FirstNonFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // 0 * v is 0 for a finite v and NaN for any other, and a NaN survives every later addition.
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> poison = Vector<T>.Zero;
        foreach (Vector<T> vector in vectors)
        {
            poison += vector * Vector<T>.Zero;
        }

        T sum = Vector.Sum(poison);
        foreach (T value in values[(vectors.Length * Vector<T>.Count)..])
        {
            sum += value * T.Zero;
        }

        return T.IsNaN(sum) ? IndexOfNonFinite(values) : -1;
    }

    private static int IndexOfNonFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
