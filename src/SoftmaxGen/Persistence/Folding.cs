using System.Globalization;
using System.Numerics;

namespace SoftmaxGen.Persistence;

/// <summary>
/// What stands between raw features and the weights of a file from elsewhere: features <c>(x - mean) / deviation</c>, and probabilities that are the softmax of
/// <c>S / t</c>. Both are linear in the scores, so weights of raw features do the same: <c>w_k / (deviation_k t)</c>, and the bias
/// <c>(b - sum_k w_k mean_k / deviation_k) / t</c>.
/// </summary>
/// <param name="Means">The means of the features; null without standardisation.</param>
/// <param name="Deviations">The deviations of the features, positive; null without standardisation.</param>
/// <param name="Temperature">The temperature, positive; null without one.</param>
internal sealed record Folding(double[]? Means, double[]? Deviations, double? Temperature)
{
    /// <summary>Folds into weights, in double, one rounding an operation; the documentation of the file format fixes the order.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first.</param>
    /// <param name="classes">The number of classes, <c>C</c>.</param>
    /// <exception cref="ModelFormatException">A folded weight is not finite.</exception>
    public void Apply<T>(Span<T> weights, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Means is null && Temperature is null)
        {
            return;
        }

        int columns = weights.Length / classes;
        for (int j = 0; j < classes; j++)
        {
            ApplyToRow(weights.Slice(j * columns, columns), j);
        }
    }

    private void ApplyToRow<T>(Span<T> row, int j)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double temperature = Temperature ?? 1;
        double bias = double.CreateTruncating(row[0]);
        for (int k = 1; k < row.Length; k++)
        {
            double weight = double.CreateTruncating(row[k]);
            if (Means is not null && Deviations is not null)
            {
                weight /= Deviations[k - 1];
                bias -= weight * Means[k - 1];
            }

            row[k] = Finite<T>(weight / temperature, j, k);
        }

        row[0] = Finite<T>(bias / temperature, j, 0);
    }

    private static T Finite<T>(double weight, int j, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(weight);
        return T.IsFinite(rounded)
            ? rounded
            : throw new ModelFormatException(string.Create(
                CultureInfo.InvariantCulture, $"Weight {k} of row {j} is {weight} when standardization and temperature are folded in; it must be finite."));
    }
}
