using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Scores by plain loops, where speed does not matter.</summary>
internal static class PlainScores
{
    /// <summary>Computes the scores <c>S = W x</c> of one row.</summary>
    /// <returns>Whether all are finite.</returns>
    public static bool Compute<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> features, Span<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isFinite = true;
        for (int j = 0; j < scores.Length; j++)
        {
            ReadOnlySpan<T> row = weights.Slice(j * (features.Length + 1), features.Length + 1);
            T score = row[0];
            for (int k = 0; k < features.Length; k++)
            {
                score += row[k + 1] * features[k];
            }

            scores[j] = score;
            isFinite &= T.IsFinite(score);
        }

        return isFinite;
    }
}
