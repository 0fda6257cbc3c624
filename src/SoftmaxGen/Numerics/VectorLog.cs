using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>Natural logarithms of vectors, without a call and without special cases (docs/numerics.md derives them). For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorLog
{
    // The bits of sqrt(1/2), cut to whole 2^-20: any number near it serves.
    private const long HalfRootBits = 0x3FE6A09E00000000;
    private const long MantissaMask = 0x000FFFFFFFFFFFFF;

    // Keeps the shifted field positive for z < sqrt(1/2); taken off again with the shifter: 2^52 + 1023.
    private const long ExponentBias = 1023L << 52;
    private const long ShifterBits = 0x4330000000000000;
    private const double ShifterAndBias = 4503599627370496.0 + 1023.0;

    // ln 2 in two parts; the high one has 21 trailing zero bits, so that k * Ln2High is exact.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Computes the natural logarithm of normal positive numbers, within 2 ulp or 2e-16, whichever is larger.</summary>
    /// <param name="z">The arguments, normal and positive.</param>
    /// <returns>The logarithms.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> z)
    {
        // z = 2^k m with m in [sqrt 1/2, sqrt 2): the bits are moved so that the exponent field turns over at sqrt 2, not at 2.
        Vector512<long> moved = z.AsInt64() - Vector512.Create(HalfRootBits);
        Vector512<long> exponent = Vector512.ShiftRightLogical(moved + Vector512.Create(ExponentBias), 52);
        Vector512<double> k = (exponent | Vector512.Create(ShifterBits)).AsDouble() - Vector512.Create(ShifterAndBias);
        Vector512<double> mantissa = ((moved & Vector512.Create(MantissaMask)) + Vector512.Create(HalfRootBits)).AsDouble();

        // log m = 2 artanh(s) = 2 s + s u R(u) with s = (m - 1) / (m + 1), u = s^2: minimax, 1e-18.
        Vector512<double> s = (mantissa - Vector512<double>.One) / (mantissa + Vector512<double>.One);
        Vector512<double> u = s * s;
        Vector512<double> q = Vector512.Create(0.14795948083876378);
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.15314050706381457));
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.18183564320449577));
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.22222198573284918));
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.2857142874238675));
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.3999999999941468));
        q = Vector512.MultiplyAddEstimate(q, u, Vector512.Create(0.6666666666666734));
        Vector512<double> tail = Vector512.MultiplyAddEstimate(k, Vector512.Create(Ln2Low), s * u * q);
        return Vector512.MultiplyAddEstimate(k, Vector512.Create(Ln2High), (s + s) + tail);
    }

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> z)
    {
        Vector256<double> mantissa = Split(z, out Vector256<double> k);

        // log m = 2 artanh(s) = 2 s + s u R(u) with s = (m - 1) / (m + 1), u = s^2: minimax, 1e-18.
        Vector256<double> s = (mantissa - Vector256<double>.One) / (mantissa + Vector256<double>.One);
        Vector256<double> u = s * s;
        Vector256<double> q = Vector256.Create(0.14795948083876378);
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.15314050706381457));
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.18183564320449577));
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.22222198573284918));
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.2857142874238675));
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.3999999999941468));
        q = Vector256.MultiplyAddEstimate(q, u, Vector256.Create(0.6666666666666734));
        Vector256<double> tail = Vector256.MultiplyAddEstimate(k, Vector256.Create(Ln2Low), s * u * q);
        return Vector256.MultiplyAddEstimate(k, Vector256.Create(Ln2High), (s + s) + tail);
    }

    /// <inheritdoc cref="Log(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> z)
    {
        // z = 2^k m with m in [sqrt 1/2, sqrt 2): the bits are moved so that the exponent field turns over at sqrt 2, not at 2.
        Vector128<long> moved = z.AsInt64() - Vector128.Create(HalfRootBits);
        Vector128<long> exponent = Vector128.ShiftRightLogical(moved + Vector128.Create(ExponentBias), 52);
        Vector128<double> k = (exponent | Vector128.Create(ShifterBits)).AsDouble() - Vector128.Create(ShifterAndBias);
        Vector128<double> mantissa = ((moved & Vector128.Create(MantissaMask)) + Vector128.Create(HalfRootBits)).AsDouble();

        // log m = 2 artanh(s) = 2 s + s u R(u) with s = (m - 1) / (m + 1), u = s^2: minimax, 1e-18.
        Vector128<double> s = (mantissa - Vector128<double>.One) / (mantissa + Vector128<double>.One);
        Vector128<double> u = s * s;
        Vector128<double> q = Vector128.Create(0.14795948083876378);
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.15314050706381457));
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.18183564320449577));
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.22222198573284918));
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.2857142874238675));
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.3999999999941468));
        q = Vector128.MultiplyAddEstimate(q, u, Vector128.Create(0.6666666666666734));
        Vector128<double> tail = Vector128.MultiplyAddEstimate(k, Vector128.Create(Ln2Low), s * u * q);
        return Vector128.MultiplyAddEstimate(k, Vector128.Create(Ln2High), (s + s) + tail);
    }

    /// <summary>Splits numbers into <c>2^k m</c>, <c>m</c> from <c>sqrt(1/2)</c> to <c>sqrt(2)</c>.</summary>
    /// <param name="z">The numbers, normal and positive.</param>
    /// <param name="k">The exponents, whole numbers.</param>
    /// <returns>The mantissas.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Split(Vector256<double> z, out Vector256<double> k)
    {
        // The bits are moved so that the exponent field turns over at sqrt 2, not at 2.
        Vector256<long> moved = z.AsInt64() - Vector256.Create(HalfRootBits);
        Vector256<long> exponent = Vector256.ShiftRightLogical(moved + Vector256.Create(ExponentBias), 52);
        k = (exponent | Vector256.Create(ShifterBits)).AsDouble() - Vector256.Create(ShifterAndBias);
        return ((moved & Vector256.Create(MantissaMask)) + Vector256.Create(HalfRootBits)).AsDouble();
    }

    /// <summary>Computes the natural logarithm of normal positive numbers, within 1 ulp.</summary>
    /// <param name="z">The arguments, normal and positive.</param>
    /// <returns>The logarithms.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> z) => Vector512.Narrow(Log(Vector512.WidenLower(z)), Log(Vector512.WidenUpper(z)));

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> z) => Vector256.Narrow(Log(Vector256.WidenLower(z)), Log(Vector256.WidenUpper(z)));

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> z) => Vector128.Narrow(Log(Vector128.WidenLower(z)), Log(Vector128.WidenUpper(z)));
}
