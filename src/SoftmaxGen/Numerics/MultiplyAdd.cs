using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Multiply-adds by one short name. By overloads: of a generic method the JIT counts the conversions between types against what it inlines, and kernels of
/// baked weights have hundreds of multiply-adds. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MultiplyAdd
{
    /// <summary>Computes <c>a * b + c</c>, rounded once where the hardware can.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <param name="c">What the product is added to.</param>
    /// <returns>The sum.</returns>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="Fma(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="Fma(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="Fma(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="Fma(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Fma(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="Fma(Vector512{double}, Vector512{double}, Vector512{double})"/>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);
}
