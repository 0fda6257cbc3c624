using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Numerics;

/// <summary>Numbers of a model's precision and numbers of double precision, one for the other.</summary>
internal static class Precision
{
    /// <summary>Refuses types that no model is of: blocks of other sizes have other numbers of rows.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require<T>()
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            throw new NotSupportedException($"Models are of double or float, not of {typeof(T)}.");
        }
    }

    /// <summary>Converts numbers to double, exactly.</summary>
    public static void Widen<T>(ReadOnlySpan<T> values, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            MemoryMarshal.Cast<T, double>(values).CopyTo(target);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            target[i] = double.CreateTruncating(values[i]);
        }
    }

    /// <summary>Converts numbers to double, exactly.</summary>
    public static double[] Widen<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] wide = new double[values.Length];
        Widen(values, wide);
        return wide;
    }

    /// <summary>Rounds numbers from double; those beyond the range become infinite.</summary>
    public static void Narrow<T>(ReadOnlySpan<double> values, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = T.CreateTruncating(values[i]);
        }
    }
}
