using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// What a row counts for each class. Of a row with the weight <c>w</c> and the targets <c>q</c>, after smoothing with the share <c>e</c> and with class weights
/// <c>c</c>, class <c>j</c> gets <c>w c_j ((1 - e) q_j + e / C)</c>: the row is as good as <c>C</c> rows of these weights, one of each class.
/// </summary>
/// <param name="classes">The number of classes, <c>C</c>.</param>
/// <param name="classWeights">The class weights, or null where all are 1.</param>
/// <param name="smoothing">The share <c>e</c> of a label that is spread over all classes.</param>
/// <param name="halfRows">What classes without rows get of each row, after all that; null where every class has rows.</param>
internal readonly struct TargetShares(int classes, double[]? classWeights, double smoothing, HalfRows? halfRows = null)
{
    /// <summary>Gets a value indicating whether there are class weights.</summary>
    public bool HasClassWeights => classWeights is not null;

    /// <summary>Checks soft labels.</summary>
    /// <exception cref="ArgumentException">A share is negative or not finite, or the shares of a row do not add up to 1.</exception>
    public static void Check<T>(ReadOnlySpan<T> targets, int classes, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double slack = typeof(T) == typeof(float) ? 1e-4 : 1e-9;
        for (int row = 0; row < targets.Length / classes; row++)
        {
            double sum = 0;
            for (int j = 0; j < classes; j++)
            {
                double share = double.CreateTruncating(targets[(row * classes) + j]);
                if (!(share >= 0) || double.IsPositiveInfinity(share))
                {
                    throw Refusal.Argument($"The target of class {j} in row {firstRow + row} is {share}; it must be finite and not negative.", parameterName);
                }

                sum += share;
            }

            if (!(Math.Abs(sum - 1) <= slack))
            {
                throw Refusal.Argument($"The targets of row {firstRow + row} add up to {sum}; they must add up to 1.", parameterName);
            }
        }
    }

    /// <summary>Computes the shares of a row.</summary>
    /// <param name="targets">The <c>C</c> targets; empty for a row with a label.</param>
    /// <param name="label">The index of its class.</param>
    /// <param name="shares">Receives the shares, which add up to 1.</param>
    public double Compute<T>(ReadOnlySpan<T> targets, int label, Span<double> shares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        shares.Clear();
        if (targets.IsEmpty)
        {
            shares[label] = 1;
        }
        else
        {
            for (int j = 0; j < classes; j++)
            {
                shares[j] = double.CreateTruncating(targets[j]);
            }

            Normalize(shares);
        }

        for (int j = 0; j < classes; j++)
        {
            shares[j] = ((1 - smoothing) * shares[j]) + (smoothing / classes);
        }

        double factor = classWeights is null ? 1 : Weigh(shares, classWeights);
        halfRows?.AddTo(shares);
        return factor;
    }

    private static double Weigh(Span<double> shares, double[] classWeights)
    {
        for (int j = 0; j < shares.Length; j++)
        {
            shares[j] *= classWeights[j];
        }

        return Normalize(shares);
    }

    private static double Normalize(Span<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
        {
            sum += share;
        }

        foreach (ref double share in shares)
        {
            share /= sum;
        }

        return sum;
    }
}
