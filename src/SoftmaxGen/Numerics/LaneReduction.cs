using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>
/// The largest lane and the sum of the lanes, by halving: the same pairs at every width, so that a sum has the same bits whether its lanes came in
/// one vector or in several. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneReduction
{
    /// <summary>Finds the largest lane; of lanes that are NaN it says nothing.</summary>
    /// <param name="v">The lanes.</param>
    /// <returns>The largest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Largest(Vector512<double> v) => Largest(Vector256.MaxNative(v.GetLower(), v.GetUpper()));

    /// <inheritdoc cref="Largest(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Largest(Vector256<double> v) => Largest(Vector128.MaxNative(v.GetLower(), v.GetUpper()));

    /// <inheritdoc cref="Largest(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Largest(Vector128<double> v) => Vector128.MaxNative(v, Vector128.CreateScalarUnsafe(v.GetElement(1))).ToScalar();

    /// <inheritdoc cref="Largest(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector512<float> v) => Largest(Vector256.MaxNative(v.GetLower(), v.GetUpper()));

    /// <inheritdoc cref="Largest(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector256<float> v) => Largest(Vector128.MaxNative(v.GetLower(), v.GetUpper()));

    /// <inheritdoc cref="Largest(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Vector128<float> v)
    {
        Vector128<float> pairs = Vector128.MaxNative(v, Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Adds up the lanes.</summary>
    /// <param name="v">The lanes.</param>
    /// <returns>Their sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Vector512<double> v) => Total(v.GetLower() + v.GetUpper());

    /// <inheritdoc cref="Total(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Vector256<double> v) => Total(v.GetLower() + v.GetUpper());

    /// <inheritdoc cref="Total(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Vector128<double> v) => v.ToScalar() + v.GetElement(1);

    /// <inheritdoc cref="Total(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(Vector512<float> v) => Total(v.GetLower() + v.GetUpper());

    /// <inheritdoc cref="Total(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(Vector256<float> v) => Total(v.GetLower() + v.GetUpper());

    /// <inheritdoc cref="Total(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Total(Vector128<float> v)
    {
        Vector128<float> pairs = v + Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1));
        return (pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
