namespace SoftmaxGen.Numerics;

/// <summary>The softmax of one row in plain double arithmetic, for what no kernel does.</summary>
internal static class ScalarSoftmax
{
    /// <summary>Computes <c>exp(S_j - largest)</c>: none overflows, and one is 1.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="powers">Receives the exponentials; may be the scores themselves.</param>
    /// <returns>The largest score, and the sum of the exponentials: <c>logsumexp(S)</c> is the former plus the logarithm of the latter.</returns>
    public static (double Largest, double Sum) Exponentiate(ReadOnlySpan<double> scores, Span<double> powers)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            powers[j] = Math.Exp(scores[j] - largest);
            sum += powers[j];
        }

        return (largest, sum);
    }
}
