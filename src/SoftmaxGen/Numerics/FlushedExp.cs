using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Exponentials of the distances to the largest score, which are not positive and may be as far down as minus infinity: what is below the normal
/// numbers is exactly 0. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlushedExp
{
    /// <summary>The exponential of what lies below is subnormal, or nearly so. There the kernels of exp return some bits or other, which are masked.</summary>
    public const double DoubleLeast = -708;

    /// <summary>The same in single precision.</summary>
    public const float SingleLeast = -87;

    /// <summary>Computes <c>exp(s)</c>, or 0 where it is below <c>exp(-708)</c>.</summary>
    /// <param name="s">The arguments, none positive.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpOrZero(Vector512<double> s)
    {
        Vector512<double> least = Vector512.Create(DoubleLeast);
        Vector512<double> e = ScaledExp512.Exp(s * Vector512.Create(ScaledExp512.DoubleScale));
        return e & Vector512.GreaterThanOrEqual(s, least);
    }

    /// <inheritdoc cref="ExpOrZero(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ExpOrZero(Vector256<double> s)
    {
        // Half of a wide vector is idle, but its exponential needs a third of the multiplications.
        if (Vector512.IsHardwareAccelerated)
        {
            return ExpOrZero(s.ToVector512Unsafe()).GetLower();
        }

        Vector256<double> least = Vector256.Create(DoubleLeast);
        Vector256<double> e = ScaledExp256.Exp(s * Vector256.Create(ScaledExp256.DoubleScale));
        return e & Vector256.GreaterThanOrEqual(s, least);
    }

    /// <inheritdoc cref="ExpOrZero(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ExpOrZero(Vector128<double> s)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return ExpOrZero(s.ToVector256Unsafe().ToVector512Unsafe()).GetLower().GetLower();
        }

        Vector128<double> least = Vector128.Create(DoubleLeast);
        Vector128<double> e = ScaledExp128.Exp(s * Vector128.Create(ScaledExp128.DoubleScale));
        return e & Vector128.GreaterThanOrEqual(s, least);
    }

    /// <summary>Computes <c>exp(s)</c>, or 0 where it is below <c>exp(-87)</c>.</summary>
    /// <param name="s">The arguments, none positive.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpOrZero(Vector512<float> s)
    {
        Vector512<float> least = Vector512.Create(SingleLeast);
        Vector512<float> e = ScaledExp512.Exp(s * Vector512.Create((float)ScaledExp512.SingleScale));
        return e & Vector512.GreaterThanOrEqual(s, least);
    }

    /// <inheritdoc cref="ExpOrZero(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpOrZero(Vector256<float> s)
    {
        Vector256<float> least = Vector256.Create(SingleLeast);
        Vector256<float> e = ScaledExp256.Exp(s * Vector256.Create((float)ScaledExp256.SingleScale));
        return e & Vector256.GreaterThanOrEqual(s, least);
    }

    /// <inheritdoc cref="ExpOrZero(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpOrZero(Vector128<float> s)
    {
        Vector128<float> least = Vector128.Create(SingleLeast);
        Vector128<float> e = ScaledExp128.Exp(s * Vector128.Create((float)ScaledExp128.SingleScale));
        return e & Vector128.GreaterThanOrEqual(s, least);
    }
}
