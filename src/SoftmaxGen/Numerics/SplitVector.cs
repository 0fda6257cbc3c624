using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>Stores vectors whose halves belong to different places: fewer elements than lanes are two halves that overlap. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SplitVector
{
    /// <summary>Stores the lower half at a reference and the upper half some elements on, perhaps over part of the lower.</summary>
    /// <param name="v">The vector.</param>
    /// <param name="target">Where the lower half goes.</param>
    /// <param name="upper">How many elements on the upper half goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> v, ref double target, nuint upper)
    {
        v.GetLower().StoreUnsafe(ref target);
        v.GetUpper().StoreUnsafe(ref target, upper);
    }

    /// <inheritdoc cref="Store(Vector512{double}, ref double, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> v, ref double target, nuint upper)
    {
        v.GetLower().StoreUnsafe(ref target);
        v.GetUpper().StoreUnsafe(ref target, upper);
    }

    /// <inheritdoc cref="Store(Vector512{double}, ref double, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> v, ref float target, nuint upper)
    {
        v.GetLower().StoreUnsafe(ref target);
        v.GetUpper().StoreUnsafe(ref target, upper);
    }

    /// <inheritdoc cref="Store(Vector512{double}, ref double, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> v, ref float target, nuint upper)
    {
        v.GetLower().StoreUnsafe(ref target);
        v.GetUpper().StoreUnsafe(ref target, upper);
    }

    /// <inheritdoc cref="Store(Vector512{double}, ref double, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> v, ref float target, nuint upper)
    {
        StoreLower(v, ref target);
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, upper)), v.AsInt64().GetElement(1));
    }

    /// <summary>Stores the lower half alone.</summary>
    /// <param name="v">The vector.</param>
    /// <param name="target">Where it goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreLower(Vector128<float> v, ref float target) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref target), v.AsInt64().ToScalar());
}
