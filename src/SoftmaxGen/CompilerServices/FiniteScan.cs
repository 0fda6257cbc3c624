using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>Finds NaN and infinities at memory speed.</summary>
internal static class FiniteScan
{
    // Fewer are looked at one by one: the first vectors of a kind cost a process a millisecond, and so does a loop of so many turns that the runtime
    // compiles a second time.
    private const int FewestInVectors = 1000;

    /// <summary>Finds the first number that is NaN or infinite.</summary>
    /// <returns>The index of the first, or -1 when all are finite.</returns>
    public static int FirstNonFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        values.Length >= FewestInVectors && AreFiniteInVectors(values) ? -1 : IndexOfNonFinite(values);

    // 0 * v is 0 for a finite v and NaN for any other, and a NaN survives every later addition. Four sums, so that an addition waits for none before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreFiniteInVectors<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
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

        return !T.IsNaN(Vector.Sum(a + b + (c + d))) && IndexOfNonFinite(values[(i * Vector<T>.Count)..]) < 0;
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
