using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The scores of two classes beside the difference <c>t</c> of the two, by which every member of a model tells the classes apart: class 1 when
/// <c>t &gt; 0</c>. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwoClassScores
{
    /// <summary>
    /// Computes the difference of the scores, <c>S_1 - S_0</c>, where <c>t = (W_1 - W_0) x</c> is beyond the range of its type and the scores are
    /// not: weights at both ends of the range have no difference, nor have such scores, but one of the two is the larger.
    /// </summary>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="weights">The weights, <c>2 x (m+1)</c>, row-major.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="t">The difference that is not finite.</param>
    /// <returns>
    /// The difference, at most the largest number of its type; <paramref name="t"/> itself when a feature or a score is not finite.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Difference<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> features, T t)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Where models let a NaN pass, it is the usual reason.
        Span<T> scores = stackalloc T[2];
        if (FiniteScan.FirstNonFinite(features) >= 0 || !PlainScores.Compute(weights, features, scores))
        {
            return t;
        }

        T most = T.BitDecrement(T.PositiveInfinity);
        return T.Clamp(scores[1] - scores[0], -most, most);
    }

    /// <summary>
    /// Computes the scores <c>S = W x</c> of one row. Where rounding would have them contradict <c>t</c>, the score of class 1 is moved by that
    /// rounding: to the next number above the score of class 0, or to that score itself.
    /// </summary>
    /// <typeparam name="T">The type of features and weights.</typeparam>
    /// <param name="weights">The weights, <c>2 x (m+1)</c>, row-major.</param>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="t">The difference that tells the classes apart.</param>
    /// <param name="scores">Receives the two scores.</param>
    /// <returns>Whether both are finite.</returns>
    public static bool Compute<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> features, T t, Span<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isFinite = PlainScores.Compute(weights, features, scores);
        if (isFinite && t > T.Zero != scores[1] > scores[0])
        {
            scores[1] = t > T.Zero ? T.BitIncrement(scores[0]) : scores[0];
        }

        return isFinite && T.IsFinite(scores[1]);
    }
}
