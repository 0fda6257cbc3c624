using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Numerics;

/// <summary>The softmax of two classes, from the score of class 1 less that of class 0. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwoClassSoftmax
{
    /// <summary>Computes both probabilities. The smaller one is accurate, not 1 less the other.</summary>
    /// <param name="t">The difference of the scores.</param>
    /// <returns>The probability of class 0 and, behind it, of class 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Probabilities(double t)
    {
        // Of a number and NaN, the smaller is the second operand.
        Vector128<double> e = FlushedExp.ExpOrZero(Vector128.MinNative(Vector128<double>.Zero, Vector128.Create(-t, t)));
        return e / Vector128.Create(LaneReduction.Total(e));
    }

    /// <inheritdoc cref="Probabilities(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Probabilities(float t)
    {
        Vector128<float> distances = Vector128.MinNative(Vector128<float>.Zero, Vector128.Create(-t, t, float.NegativeInfinity, float.NegativeInfinity));
        Vector128<float> e = FlushedExp.ExpOrZero(distances);
        return e / Vector128.Create(LaneReduction.Total(e));
    }

    /// <summary>Computes the larger of the two probabilities.</summary>
    /// <param name="t">The difference of the scores.</param>
    /// <returns>The probability, at least 1/2; NaN for NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Likelier(double t) => double.IsNaN(t) ? t : 1 / (1 + FlushedExp.ExpOrZero(Vector128.CreateScalarUnsafe(-Math.Abs(t))).ToScalar());

    /// <inheritdoc cref="Likelier(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Likelier(float t) => float.IsNaN(t) ? t : 1 / (1 + FlushedExp.ExpOrZero(Vector128.CreateScalarUnsafe(-Math.Abs(t))).ToScalar());
}
