using System.Numerics;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>The weight of a row, of the precision of the model.</summary>
internal static class RowWeight
{
    /// <summary>Reads a weight.</summary>
    /// <exception cref="DataFileException">It is missing, no number, not finite or negative.</exception>
    public static T Read<T>(RowSource source, Column column, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T weight = T.NaN;
        if (!column.IsMissing(row) && !column.TryGetNumber(row, out weight))
        {
            throw Refusal.NoNumber(source, column, row);
        }

        return T.IsNaN(weight)
            ? throw Refusal.Missing(source, column, row, "a row that does not count weighs 0")
            : T.IsFinite(weight) && !T.IsNegative(weight) || T.IsZero(weight)
                ? weight
                : throw Refusal.Of(source, column, row, "is no weight: weights are finite and not negative");
    }
}
