using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Finds the row to blame for a score that overflowed.</summary>
internal static class LargestScores
{
    /// <summary>Finds the row whose scores reach furthest: <c>|w_0| + sum_k |w_k x_k|</c>, which no partial sum of a score exceeds in any order.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; finite.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="features">The features of a row.</param>
    /// <returns>The index of the row, the first one of several.</returns>
    public static int RowOf<T>(ReadOnlySpan<T> rows, ReadOnlySpan<T> weights, int features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int furthest = 0;
        T largest = T.Zero;
        for (int row = 0; row < rows.Length / features; row++)
        {
            T reach = Reach(rows.Slice(row * features, features), weights);
            if (reach > largest)
            {
                largest = reach;
                furthest = row;
            }
        }

        return furthest;
    }

    private static T Reach<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int first = 0; first < weights.Length; first += row.Length + 1)
        {
            T reach = T.Abs(weights[first]);
            for (int k = 0; k < row.Length; k++)
            {
                reach += T.Abs(weights[first + 1 + k] * row[k]);
            }

            largest = T.Max(largest, reach);
        }

        return largest;
    }
}
