using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>Fields as numbers of the precision of the model: each is rounded once.</summary>
internal static class Numbers
{
    /// <summary>Copies fields, NaN where they are missing.</summary>
    /// <typeparam name="T">The type of numbers.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="stride">How far numbers of successive rows are from one another.</param>
    /// <returns>The number of rows up to the first field that is no number.</returns>
    public static int Copy<T>(Column column, int first, int count, Span<T> target, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? column.CopyTo(first, count, MemoryMarshal.Cast<T, double>(target), stride)
            : column.CopyTo(first, count, MemoryMarshal.Cast<T, float>(target), stride);

    /// <summary>Reads the weight of a row.</summary>
    /// <exception cref="DataFileException">It is missing, no number, not finite or negative.</exception>
    public static T Weight<T>(RowSource source, Column column, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T weight = default;
        if (Copy(column, row, 1, new Span<T>(ref weight), 1) < 1)
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
