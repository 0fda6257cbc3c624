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
        // Four sums, none of which waits for another.
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> a = Vector<T>.Zero;
        Vector<T> b = Vector<T>.Zero;
        Vector<T> c = Vector<T>.Zero;
        Vector<T> d = Vector<T>.Zero;
        int i = 0;
        for (; i < vectors.Length - 3; i += 4)
        {
            a += vectors[i] * Vector<T>.Zero;
            b += vectors[i + 1] * Vector<T>.Zero;
            c += vectors[i + 2] * Vector<T>.Zero;
            d += vectors[i + 3] * Vector<T>.Zero;
        }

        T sum = Vector.Sum(a + b + (c + d));
        foreach (T value in values[(i * Vector<T>.Count)..])
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
