using System.Numerics;
using SoftmaxGen.Numerics;
using static System.FormattableString;

namespace SoftmaxGen.Persistence;

/// <summary>Folds standardisation and temperature into weights of a model's precision.</summary>
internal static class FoldingExtensions
{
    /// <summary>Folds in double, and rounds once in the end.</summary>
    /// <exception cref="ModelFormatException">A folded weight is not finite.</exception>
    public static void Apply<T>(this Folding folding, Span<T> weights, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (folding.IsNone)
        {
            return;
        }

        double[] row = new double[weights.Length / classes];
        for (int j = 0; j < classes; j++)
        {
            Span<T> target = weights.Slice(j * row.Length, row.Length);
            Precision.Widen<T>(target, row);
            folding.ApplyTo(row);
            for (int k = 0; k < row.Length; k++)
            {
                target[k] = Finite<T>(row[k], j, k);
            }
        }
    }

    private static T Finite<T>(double weight, int j, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(weight);
        return T.IsFinite(rounded)
            ? rounded
            : throw new ModelFormatException(
                Invariant($"Weight {k} of row {j} is {weight} when standardization and temperature are folded in; it must be finite."));
    }
}
