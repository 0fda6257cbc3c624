using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Exponentials like those of <see cref="ScaledExp512"/>, step by step, for code that puts other work between the steps and needs the registers for it:
/// each constant is read again wherever it is used, as an operand in memory. Left to itself, RyuJIT keeps the constants of several exponentials in
/// registers and moves sums to the stack instead: probabilities of 26 x 16 took 17.6 ns a row that way, and 14.1 this way. The polynomial goes by Horner's
/// rule, which takes one register less than pairs of terms, and one multiplication; its latency is spent on the other work. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RereadExp512
{
    /// <summary>The highest power of the polynomial; <see cref="Next"/> takes those from the one but next down to 0.</summary>
    public const int Degree = 6;

    // Where the constants lie: the coefficients of ScaledExp512's polynomial in front, the lowest first.
    private const int Scale = Degree + 1;
    private const int Shifter = Degree + 2;

    private static ReadOnlySpan<double> Constants =>
    [
        ScaledExp512.InverseStretchLessOne,
        0.043320995167524905,
        0.0009383695518568947,
        1.3550587688421357e-05,
        1.467586196525515e-07,
        1.2715913737116624e-09,
        9.180961902215007e-12,
        ScaledExp512.DoubleScale,
        ScaledExp512.DoubleShifter,
    ];

    /// <summary>Computes <c>exp(s)</c> for <c>|s| &lt; 708</c>, within 1 ulp but for the rounding of the scaled argument.</summary>
    /// <param name="s">The arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> s)
    {
        Vector512<double> t = Scaled(s);
        Vector512<double> n = Nearest(t);
        Vector512<double> r = Fraction(t);
        Vector512<double> q = Highest(r);
        for (int power = Degree - 2; power >= 0; power--)
        {
            q = Next(q, r, power);
        }

        return Power(n, q);
    }

    /// <summary>The first step, <c>t = 16 s / ln 2</c>.</summary>
    /// <param name="s">The arguments.</param>
    /// <returns>The scaled arguments.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Scaled(Vector512<double> s) => s * Constant(Scale);

    /// <summary>The nearest integer of <c>t</c>, in the low bits.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The integers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Nearest(Vector512<double> t) => t + Constant(Shifter);

    /// <summary>What is left, <c>r</c> of at most 1/2.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The differences to the nearest integers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fraction(Vector512<double> t) => Avx512DQ.Reduce(t, 0);

    /// <summary>The two highest terms of the polynomial for <c>2^(r/16) - 1</c>.</summary>
    /// <param name="r">The differences.</param>
    /// <returns>The beginning of Horner's rule.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Highest(Vector512<double> r) => Vector512.MultiplyAddEstimate(Constant(Degree), r, Constant(Degree - 1));

    /// <summary>A step of Horner's rule.</summary>
    /// <param name="q">The step before.</param>
    /// <param name="r">The differences.</param>
    /// <param name="power">The power of the term to add.</param>
    /// <returns>This step.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Next(Vector512<double> q, Vector512<double> r, int power) => Vector512.MultiplyAddEstimate(q, r, Constant(power));

    /// <summary>The last step, <c>2^(n/16) (1 + q)</c>.</summary>
    /// <param name="n">The integers.</param>
    /// <param name="q">The polynomial.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Power(Vector512<double> n, Vector512<double> q)
    {
        Vector512<double> power = Avx512F.PermuteVar8x64x2(ScaledExp512.DoublePowersLow, n.AsInt64(), ScaledExp512.DoublePowersHigh);
        power = (power.AsInt64() + (n.AsInt64() << 48)).AsDouble();
        return Vector512.MultiplyAddEstimate(power, q, power);
    }

    // What is volatile is read as often as it says.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Constant(int index) =>
        Vector512.Create(Volatile.Read(in Unsafe.Add(ref MemoryMarshal.GetReference(Constants), index)));
}
