using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Exponentials of 512-bit vectors, for arguments that are already scaled: <c>exp(s)</c> is <c>Exp(s * Scale)</c>. Kernels scale
/// the weights once instead of every score. The exponent's fraction goes through a table in two registers, which leaves a short polynomial
/// (docs/numerics.md derives it). Needs AVX-512 F and DQ, which <see cref="Vector512.IsHardwareAccelerated"/> implies. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScaledExp512
{
    /// <summary>The scale of double arguments, <c>16 / ln 2</c>: the base is <c>2^(1/16)</c>.</summary>
    public const double DoubleScale = 16 / Ln2;

    /// <summary>The scale of float arguments, <c>32 / ln 2</c>: the base is <c>2^(1/32)</c>.</summary>
    public const double SingleScale = 32 / Ln2;

    private const double Ln2 = 0.693147180559945309417;

    // The table is stretched by 1.62e-5 so that each of its entries happens to lie within 0.15 ulp of a double; the polynomial takes it back.
    private const double InverseStretchLessOne = -1.624168699542051e-05;

    // Added to t, it leaves round(t) in the low bits of the sum: 1.5 * 2^52, and 1.5 * 2^23 in float.
    private const double DoubleShifter = 6755399441055744;
    private const float SingleShifter = 12582912;

    // Getters are inlined by request: a call in a kernel's loop would spill every vector register.
    // Entry k holds the bits of Stretch 2^(k/16) less k << 48, because the shifted exponent brings the k in its low bits along.
    private static Vector512<double> DoublePowersLow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x3FF0001107EA5C0FL, 0x3FEFB56A35EB8FD8L, 0x3FEF72CACF02D485L, 0x3FEF388DD37B0FFAL,
            0x3FEF07124B0964CCL, 0x3FEEDEBB7277584AL, 0x3FEEBFF0EB5289B1L, 0x3FEEAB1EEDB8E4B6L).AsDouble();
    }

    private static Vector512<double> DoublePowersHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x3FEEA0B67C593D3EL, 0x3FEEA12D9AC15163L, 0x3FEEACFF86134A08L, 0x3FEEC4ACF03DFA1AL,
            0x3FEEE8BC3DD45162L, 0x3FEF19B9C6A1BA60L, 0x3FEF5838191A6B75L, 0x3FEFA4D040C81358L).AsDouble();
    }

    // Entry k holds the bits of 2^(k/32) less k << 18.
    private static Vector512<float> SinglePowersLow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x3F800000U, 0x3F7ECD87U, 0x3F7DAAC3U, 0x3F7C980FU,
            0x3F7B95C2U, 0x3F7AA43AU, 0x3F79C3D3U, 0x3F78F4F0U,
            0x3F7837F0U, 0x3F778D3AU, 0x3F76F532U, 0x3F767043U,
            0x3F75FED7U, 0x3F75A15BU, 0x3F75583FU, 0x3F7523F6U).AsSingle();
    }

    private static Vector512<float> SinglePowersHigh
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0x3F7504F3U, 0x3F74FBAFU, 0x3F7508A4U, 0x3F752C4DU,
            0x3F75672AU, 0x3F75B9BEU, 0x3F76248CU, 0x3F76A81EU,
            0x3F7744FDU, 0x3F77FBB8U, 0x3F78CCDFU, 0x3F79B907U,
            0x3F7AC0C7U, 0x3F7BE4BAU, 0x3F7D257DU, 0x3F7E83B3U).AsSingle();
    }

    /// <summary>Computes <c>2^(t/16)</c> within 1 ulp for <c>|t| &lt; 16 * 1022</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> t) => Exp(Power(t), Fraction(t));

    /// <summary>Computes <c>2^(t/32)</c> within 2 ulp for <c>|t| &lt; 32 * 126</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> t) => Exp(Power(t), Fraction(t));

    /// <summary>The first half of an exponential, <c>2^(n/16)</c> for the nearest integer <c>n</c> of <c>t</c>, stretched.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The powers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Power(Vector512<double> t)
    {
        Vector512<double> n = t + Vector512.Create(DoubleShifter);
        Vector512<double> power = Avx512F.PermuteVar8x64x2(DoublePowersLow, n.AsInt64(), DoublePowersHigh);
        return (power.AsInt64() + (n.AsInt64() << 48)).AsDouble();
    }

    /// <summary>The first half of an exponential, <c>2^(n/32)</c> for the nearest integer <c>n</c> of <c>t</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The powers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Power(Vector512<float> t)
    {
        Vector512<float> n = t + Vector512.Create(SingleShifter);
        Vector512<float> power = Avx512F.PermuteVar16x32x2(SinglePowersLow, n.AsInt32(), SinglePowersHigh);
        return (power.AsInt32() + (n.AsInt32() << 18)).AsSingle();
    }

    /// <summary>What the first half leaves, <c>r = t - n</c> of at most 1/2.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The differences.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fraction(Vector512<double> t) => Avx512DQ.Reduce(t, 0);

    /// <inheritdoc cref="Fraction(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fraction(Vector512<float> t) => t - (t + Vector512.Create(SingleShifter) - Vector512.Create(SingleShifter));

    /// <summary>The second half, <c>2^(n/16) 2^(r/16)</c>.</summary>
    /// <param name="power">The powers.</param>
    /// <param name="r">The differences.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> power, Vector512<double> r)
    {
        // 2^(r/16) / Stretch - 1 = r q(r) + (1 / Stretch - 1) for |r| <= 1/2: minimax, 7e-18. The terms are paired, for a multiplication more: a row
        // waits for 16 cycles instead of 24, and a core cannot look far enough ahead to fill those with other exponentials.
        Vector512<double> square = r * r;
        Vector512<double> low = Vector512.MultiplyAddEstimate(Vector512.Create(0.043320995167524905), r, Vector512.Create(InverseStretchLessOne));
        Vector512<double> middle = Vector512.MultiplyAddEstimate(Vector512.Create(1.3550587688421357e-05), r, Vector512.Create(0.0009383695518568947));
        Vector512<double> high = Vector512.MultiplyAddEstimate(Vector512.Create(1.2715913737116624e-09), r, Vector512.Create(1.467586196525515e-07));
        high = Vector512.MultiplyAddEstimate(Vector512.Create(9.180961902215007e-12), square, high);
        middle = Vector512.MultiplyAddEstimate(high, square, middle);
        Vector512<double> q = Vector512.MultiplyAddEstimate(middle, square, low);
        return Vector512.MultiplyAddEstimate(power, q, power);
    }

    /// <summary>The second half, <c>2^(n/32) 2^(r/32)</c>.</summary>
    /// <param name="power">The powers.</param>
    /// <param name="r">The differences.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> power, Vector512<float> r)
    {
        // 2^(r/32) - 1 = r q(r) for |r| <= 1/2: minimax, 6e-8.
        Vector512<float> q = Vector512.Create(0.0002345961888529853f);
        q = Vector512.MultiplyAddEstimate(q, r, Vector512.Create(0.021661166555848866f));
        return Vector512.MultiplyAddEstimate(power * r, q, power);
    }

    /// <summary>Computes <c>exp(s)</c> of arguments that are not scaled, with the error of their scaling on top.</summary>
    /// <param name="s">The arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpUnscaled(Vector512<double> s) => Exp(s * Vector512.Create(DoubleScale));

    /// <inheritdoc cref="ExpUnscaled(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpUnscaled(Vector512<float> s) => Exp(s * Vector512.Create((float)SingleScale));
}
