using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>What the weights of rows must be.</summary>
internal static class RowWeightRules
{
    /// <summary>Checks the weights of rows.</summary>
    /// <exception cref="ArgumentException">There are weights for another number of rows, or one is negative, NaN or infinite.</exception>
    public static void Require<T>(ReadOnlySpan<T> rowWeights, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!rowWeights.IsEmpty)
        {
            Guard.Length(rowWeights.Length, rows, nameof(rowWeights));
            Guard.RowWeights(rowWeights, nameof(rowWeights));
        }
    }

    /// <summary>Checks the weights of rows, of which one at least must be positive.</summary>
    /// <exception cref="ArgumentException">There are weights for another number of rows, one is negative, NaN or infinite, or all are 0.</exception>
    public static void RequirePositive<T>(ReadOnlySpan<T> rowWeights, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(rowWeights, rows);
        if (!rowWeights.IsEmpty && !rowWeights.ContainsAnyExcept(T.Zero))
        {
            throw new ArgumentException("Every row weighs 0; at least one must weigh more.", nameof(rowWeights));
        }
    }

    /// <summary>Checks the sum of the weights of rows.</summary>
    /// <exception cref="ArgumentException">The sum is 0 or overflows.</exception>
    public static void RequireTotal(double total, string rowWeights)
    {
        if (total == 0 || !double.IsFinite(total))
        {
            throw new ArgumentException(total == 0 ? "Every row weighs 0; at least one must count." : "The sum of the row weights overflows.", rowWeights);
        }
    }
}
