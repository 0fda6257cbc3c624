namespace SoftmaxGen.Numerics;

/// <summary>The softmax of one row in plain double arithmetic, for what no kernel does.</summary>
internal static class ScalarSoftmax
{
    /// <summary>Computes the scores <c>S = W x</c>.</summary>
    /// <param name="weights">The weights, a row for each class.</param>
    /// <param name="row">The row <c>x</c>, with the 1 of the bias.</param>
    /// <param name="scores">Receives the scores.</param>
    public static void Scores(ReadOnlySpan<double> weights, ReadOnlySpan<double> row, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = VectorAlgebra.Dot(weights.Slice(j * row.Length, row.Length), row);
        }
    }

    /// <summary>Computes <c>1 - P_j</c> as the sum of the others: of a probability near 1 the difference has no digits left.</summary>
    public static double Others(ReadOnlySpan<double> probabilities, int j)
    {
        double sum = 0;
        for (int l = 0; l < probabilities.Length; l++)
        {
            sum += l == j ? 0 : probabilities[l];
        }

        return sum;
    }

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
