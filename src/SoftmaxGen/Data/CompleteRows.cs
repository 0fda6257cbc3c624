using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>The rows of which no feature is missing.</summary>
internal static class CompleteRows
{
    /// <summary>Finds the rows without NaN.</summary>
    /// <returns>The indices of the rows, ascending; null when no row has NaN.</returns>
    /// <exception cref="ArgumentException">A feature is infinite.</exception>
    public static int[]? Find<T>(ReadOnlySpan<T> rows, int features, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (FiniteScan.FirstNonFinite(rows) < 0)
        {
            return null;
        }

        var complete = new List<int>(rows.Length / features);
        for (int row = 0; row < rows.Length / features; row++)
        {
            if (!HasMissing(rows.Slice(row * features, features), firstRow + row, parameterName))
            {
                complete.Add(row);
            }
        }

        return [.. complete];
    }

    private static bool HasMissing<T>(ReadOnlySpan<T> features, int row, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool missing = false;
        for (int k = 0; k < features.Length; k++)
        {
            if (T.IsInfinity(features[k]))
            {
                throw Refusal.Argument($"Feature {k} of row {row} is {features[k]}; a feature may be missing, but not infinite.", parameterName);
            }

            missing |= T.IsNaN(features[k]);
        }

        return missing;
    }
}
