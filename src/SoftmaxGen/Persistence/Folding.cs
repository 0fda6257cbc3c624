namespace SoftmaxGen.Persistence;

/// <summary>
/// What stands between raw features and the weights of a file from elsewhere: features <c>(x - mean) / deviation</c>, and probabilities that are the softmax of
/// <c>S / t</c>. Both are linear in the scores, so weights of raw features do the same: <c>w_k / (deviation_k t)</c>, and the bias
/// <c>(b - sum_k w_k mean_k / deviation_k) / t</c>. This file is compiled into the library and the generator, so that weights of a file have the same bits
/// whether a program loads them or has them baked in.
/// </summary>
/// <param name="Means">The means of the features; null without standardisation.</param>
/// <param name="Deviations">The deviations of the features, positive; null without standardisation.</param>
/// <param name="Temperature">The temperature, positive; null without one.</param>
internal sealed record Folding(double[]? Means, double[]? Deviations, double? Temperature)
{
    /// <summary>Gets a value indicating whether weights stay as they are.</summary>
    public bool IsNone => Means is null && Temperature is null;

    /// <summary>Gets the numbers that a checksum covers, in their order, behind the weights as they stand in the file.</summary>
    public IEnumerable<double[]> Numbers
    {
        get
        {
            if (Means is not null && Deviations is not null)
            {
                yield return Means;
                yield return Deviations;
            }

            if (Temperature is { } temperature)
            {
                yield return [temperature];
            }
        }
    }

    /// <summary>Folds into the weights of a class, one rounding an operation; the documentation of the file format fixes the order.</summary>
    public void ApplyTo(double[] row)
    {
        double temperature = Temperature ?? 1;
        double bias = row[0];
        for (int k = 1; k < row.Length; k++)
        {
            double weight = row[k];
            if (Means is not null && Deviations is not null)
            {
                weight /= Deviations[k - 1];
                bias -= weight * Means[k - 1];
            }

            row[k] = weight / temperature;
        }

        row[0] = bias / temperature;
    }
}
