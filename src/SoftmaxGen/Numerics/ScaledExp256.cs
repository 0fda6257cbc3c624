using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>
/// Exponentials of 256-bit vectors, for arguments that are already scaled: <c>exp(s)</c> is <c>Exp(s * Scale)</c>. Kernels scale
/// the weights once instead of every score. A polynomial alone: without a two-register table look-up, a shorter one costs more than it saves
/// (docs/numerics.md derives it). For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ScaledExp256
{
    /// <summary>The scale of double arguments, <c>1 / ln 2</c>: the base is 2.</summary>
    public const double DoubleScale = 1 / Ln2;

    /// <summary>The scale of float arguments, <c>1 / ln 2</c>: the base is 2.</summary>
    public const double SingleScale = 1 / Ln2;

    private const double Ln2 = 0.693147180559945309417;

    // Added to t, it leaves round(t) in the low bits of the sum: 1.5 * 2^52, and 1.5 * 2^23 in float.
    private const double DoubleShifter = 6755399441055744;
    private const float SingleShifter = 12582912;

    /// <summary>Computes <c>2^t</c> within 1 ulp for <c>|t| &lt; 1022</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> t)
    {
        Vector256<double> n = t + Vector256.Create(DoubleShifter);
        Vector256<double> r = t - (n - Vector256.Create(DoubleShifter));

        // 2^r - 1 = r q(r) for |r| <= 1/2: minimax, 3e-18. Odd and even powers side by side, which takes half as long as one after the other.
        Vector256<double> square = r * r;
        Vector256<double> odd = Vector256.Create(4.4347701264436244e-10);
        Vector256<double> even = Vector256.Create(7.073783116082945e-09);
        odd = Vector256.MultiplyAddEstimate(odd, square, Vector256.Create(1.0178199578266845e-07));
        even = Vector256.MultiplyAddEstimate(even, square, Vector256.Create(1.3215435283097202e-06));
        odd = Vector256.MultiplyAddEstimate(odd, square, Vector256.Create(1.5252733493116589e-05));
        even = Vector256.MultiplyAddEstimate(even, square, Vector256.Create(0.00015403530457110497));
        odd = Vector256.MultiplyAddEstimate(odd, square, Vector256.Create(0.0013333558146774625));
        even = Vector256.MultiplyAddEstimate(even, square, Vector256.Create(0.00961812910759412));
        odd = Vector256.MultiplyAddEstimate(odd, square, Vector256.Create(0.055504108664820084));
        even = Vector256.MultiplyAddEstimate(even, square, Vector256.Create(0.2402265069591013));
        Vector256<double> q = Vector256.MultiplyAddEstimate(odd, r, even);
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.6931471805599453));
        Vector256<double> power = Vector256.MultiplyAddEstimate(q, r, Vector256<double>.One);
        return (power.AsInt64() + (n.AsInt64() << 52)).AsDouble();
    }

    /// <summary>Computes <c>2^t</c> within 2 ulp for <c>|t| &lt; 126</c>.</summary>
    /// <param name="t">The scaled arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> t)
    {
        Vector256<float> n = t + Vector256.Create(SingleShifter);
        Vector256<float> r = t - (n - Vector256.Create(SingleShifter));

        // 2^r - 1 = r q(r) for |r| <= 1/2: minimax, 2e-9.
        Vector256<float> q = Vector256.Create(0.00015353358141127836f);
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.001339887417301572f));
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.009618437369289544f));
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.055503324718979064f));
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.24022647913582307f));
        q = Vector256.MultiplyAddEstimate(q, r, Vector256.Create(0.6931472028547692f));
        Vector256<float> power = Vector256.MultiplyAddEstimate(q, r, Vector256<float>.One);
        return (power.AsInt32() + (n.AsInt32() << 23)).AsSingle();
    }

    /// <summary>Computes <c>exp(s)</c> of arguments that are not scaled, with the error of their scaling on top.</summary>
    /// <param name="s">The arguments.</param>
    /// <returns>The exponentials.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ExpUnscaled(Vector256<double> s) => Exp(s * Vector256.Create(DoubleScale));

    /// <inheritdoc cref="ExpUnscaled(Vector256{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpUnscaled(Vector256<float> s) => Exp(s * Vector256.Create((float)SingleScale));
}
