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
    public static int FirstNonFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(values);
        bool areFinite = typeof(T) == typeof(double)
            ? AreFinite(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, double>(ref first), values.Length))
            : AreFinite(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, float>(ref first), values.Length));
        return areFinite ? -1 : IndexOfNonFinite(values);
    }

    // 0 * v is 0 for a finite v and NaN for any other, and a NaN survives every later addition. Four sums, so that an addition waits for none before. No vectors:
    // memory is no faster than this, and the first vectors of a kind cost a process a millisecond.
    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            a += values[i] * 0;
            b += values[i + 1] * 0;
            c += values[i + 2] * 0;
            d += values[i + 3] * 0;
        }

        for (; i < values.Length; i++)
        {
            a += values[i] * 0;
        }

        return !double.IsNaN(a + b + (c + d));
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            a += values[i] * 0;
            b += values[i + 1] * 0;
            c += values[i + 2] * 0;
            d += values[i + 3] * 0;
        }

        for (; i < values.Length; i++)
        {
            a += values[i] * 0;
        }

        return !float.IsNaN(a + b + (c + d));
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
