using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// What the loops over tiles do with vectors themselves, at the width of the kernels: the widest that the hardware has. Not generic, neither over the vectors
/// nor over their elements: each generic class over vectors costs a process some 0.6 ms when it is first used.
/// </summary>
internal static class KernelVectors
{
    /// <summary>Gets the bytes of a vector.</summary>
    public static int Bytes
    {
        [MethodImpl(AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16;
    }

    /// <summary>Gets what contrasts in double precision are scaled by.</summary>
    public static double DoubleScale
    {
        [MethodImpl(AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? ScaledExp512.DoubleScale
            : Vector256.IsHardwareAccelerated ? ScaledExp256.DoubleScale
            : ScaledExp128.DoubleScale;
    }

    /// <summary>Gets what contrasts in single precision are scaled by.</summary>
    public static double SingleScale
    {
        [MethodImpl(AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? ScaledExp512.SingleScale
            : Vector256.IsHardwareAccelerated ? ScaledExp256.SingleScale
            : ScaledExp128.SingleScale;
    }

    /// <summary>Stores a vector of one number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Fill(double value, ref double target)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512.Create(value).StoreUnsafe(ref target);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256.Create(value).StoreUnsafe(ref target);
        }
        else
        {
            Vector128.Create(value).StoreUnsafe(ref target);
        }
    }

    /// <inheritdoc cref="Fill(double, ref double)"/>
    [MethodImpl(AggressiveInlining)]
    public static void Fill(float value, ref float target)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512.Create(value).StoreUnsafe(ref target);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256.Create(value).StoreUnsafe(ref target);
        }
        else
        {
            Vector128.Create(value).StoreUnsafe(ref target);
        }
    }

    /// <summary>Adds up the elements of a vector.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Sum(ref double source) =>
        Vector512.IsHardwareAccelerated ? Vector512.Sum(Vector512.LoadUnsafe(ref source))
        : Vector256.IsHardwareAccelerated ? Vector256.Sum(Vector256.LoadUnsafe(ref source))
        : Vector128.Sum(Vector128.LoadUnsafe(ref source));

    /// <inheritdoc cref="Sum(ref double)"/>
    [MethodImpl(AggressiveInlining)]
    public static double Sum(ref float source) =>
        Vector512.IsHardwareAccelerated ? Vector512.Sum(Vector512.LoadUnsafe(ref source))
        : Vector256.IsHardwareAccelerated ? Vector256.Sum(Vector256.LoadUnsafe(ref source))
        : Vector128.Sum(Vector128.LoadUnsafe(ref source));
}
