using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Exponentials of 128-bit vectors, for arguments that are already scaled: <c>exp(s)</c> is <c>Exp(s * Scale)</c>. Kernels scale
/// the weights once instead of every score. A polynomial alone: without a two-register table look-up, a shorter one costs more than it saves
/// (docs/numerics.md derives it). For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScaledExp128
{
    /// <summary>The scale of double arguments, <c>1 / ln 2</c>: the base is 2.</summary>
    public const double DoubleScale = 1 / Ln2;

    /// <summary>The scale of float arguments, <c>1 / ln 2</c>: the base is 2.</summary>
    public const double SingleScale = 1 / Ln2;

    private const double Ln2 = 0.693147180559945309417;

    // Added to t, it leaves round(t) in the low bits of the sum: 1.5 * 2^52, and 1.5 * 2^23 in float.
    private const double DoubleShifter = 6755399441055744;
    private const float SingleShifter = 12582912;

    // Added to r, it rounds r to a multiple of 2^-8: 1.5 * 2^44.
    private const double EighthBitShifter = 26388279066624;

    // ln 2 in two parts. The high one is a multiple of 2^-44: times a multiple of 2^-8 it is one of 2^-52, as is that plus 1.
    private const double Ln2High = 0.6931471805599472;
    private const double Ln2Low = -1.8641886737243033e-15;

    /// <summary>Computes <c>2^t</c> within 1 ulp for <c>|t| &lt; 1022</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> t)
    {
        Vector128<double> n = t + Vector128.Create(DoubleShifter);
        Vector128<double> r = t - (n - Vector128.Create(DoubleShifter));

        // 2^r - 1 = r q(r) for |r| <= 1/2: minimax, 3e-18. Odd and even powers side by side, which takes half as long as one after the other.
        Vector128<double> square = r * r;
        Vector128<double> odd = Vector128.Create(4.4347701264436244e-10);
        Vector128<double> even = Vector128.Create(7.073783116082945e-09);
        odd = Vector128.MultiplyAddEstimate(odd, square, Vector128.Create(1.0178199578266845e-07));
        even = Vector128.MultiplyAddEstimate(even, square, Vector128.Create(1.3215435283097202e-06));
        odd = Vector128.MultiplyAddEstimate(odd, square, Vector128.Create(1.5252733493116589e-05));
        even = Vector128.MultiplyAddEstimate(even, square, Vector128.Create(0.00015403530457110497));
        odd = Vector128.MultiplyAddEstimate(odd, square, Vector128.Create(0.0013333558146774625));
        even = Vector128.MultiplyAddEstimate(even, square, Vector128.Create(0.00961812910759412));
        odd = Vector128.MultiplyAddEstimate(odd, square, Vector128.Create(0.055504108664820084));
        even = Vector128.MultiplyAddEstimate(even, square, Vector128.Create(0.2402265069591013));
        Vector128<double> q = Vector128.MultiplyAddEstimate(odd, r, even);
        Vector128<double> power = Fma.IsSupported || AdvSimd.IsSupported ? FusedPower(q, r) : SplitPower(q, r);
        return (power.AsInt64() + (n.AsInt64() << 52)).AsDouble();
    }

    /// <summary>The last steps, <c>1 + r (ln 2 + r q)</c>, where a multiply-add rounds once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> FusedPower(Vector128<double> q, Vector128<double> r)
    {
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.6931471805599453));
        return Vector128.MultiplyAddEstimate(q, r, Vector128<double>.One);
    }

    /// <summary>
    /// The same where it rounds twice: <c>1 + high ln 2</c> with the leading bits of <c>r</c> is exact, and what is added to it is small, so that
    /// only the last addition rounds by as much as half a unit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SplitPower(Vector128<double> q, Vector128<double> r)
    {
        Vector128<double> high = (r + Vector128.Create(EighthBitShifter)) - Vector128.Create(EighthBitShifter);
        Vector128<double> low = r - high;
        Vector128<double> rest = (((q * r) + Vector128.Create(Ln2Low)) * r) + (low * Vector128.Create(Ln2High));
        return Vector128<double>.One + (high * Vector128.Create(Ln2High)) + rest;
    }

    /// <summary>Computes <c>2^t</c> within 2 ulp for <c>|t| &lt; 126</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> t)
    {
        Vector128<float> n = t + Vector128.Create(SingleShifter);
        Vector128<float> r = t - (n - Vector128.Create(SingleShifter));

        // 2^r - 1 = r q(r) for |r| <= 1/2: minimax, 2e-9.
        Vector128<float> q = Vector128.Create(0.00015353358141127836f);
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.001339887417301572f));
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.009618437369289544f));
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.055503324718979064f));
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.24022647913582307f));
        q = Vector128.MultiplyAddEstimate(q, r, Vector128.Create(0.6931472028547692f));
        Vector128<float> power = Vector128.MultiplyAddEstimate(q, r, Vector128<float>.One);
        return (power.AsInt32() + (n.AsInt32() << 23)).AsSingle();
    }

    /// <summary>Computes <c>exp(s)</c> of arguments that are not scaled, with the error of their scaling on top.</summary>
    /// <param name="s">The arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ExpUnscaled(Vector128<double> s) => Exp(s * Vector128.Create(DoubleScale));

    /// <inheritdoc cref="ExpUnscaled(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ExpUnscaled(Vector128<float> s) => Exp(s * Vector128.Create((float)SingleScale));
}
