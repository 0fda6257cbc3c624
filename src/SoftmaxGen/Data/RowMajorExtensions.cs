using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SoftmaxGen;

/// <summary>
/// Brings tables of numbers to the form that models take rows in: row-major, in one span. Thread-safe. A <see cref="List{T}"/> that is row-major
/// already needs no more than <see cref="CollectionsMarshal.AsSpan{T}(List{T})"/>.
/// </summary>
public static class RowMajorExtensions
{
    /// <summary>Gets a two-dimensional array as rows, without a copy: C# keeps it row-major.</summary>
    /// <typeparam name="T">The type of numbers.</typeparam>
    /// <param name="table">The table, <c>n x m</c>.</param>
    /// <returns>Its <c>n * m</c> numbers. What is written to the table later shows in them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <example>
    /// <code>
    /// double[,] table = { { 5.1, 3.5 }, { 6.2, 2.9 } };
    /// TrainingResult&lt;FlowerModel&gt; result = FlowerModel.Train(table.AsRowMajor(), labels);
    /// </code>
    /// </example>
    [SuppressMessage("Performance", "CA1814:Prefer jagged arrays over multidimensional", Justification = "It is what the user has.")]
    public static ReadOnlySpan<T> AsRowMajor<T>(this T[,] table)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref table[table.GetLowerBound(0), table.GetLowerBound(1)], table.Length);
    }

    /// <summary>Copies rows, an array each, one behind the other.</summary>
    /// <typeparam name="T">The type of numbers.</typeparam>
    /// <param name="rows">The <c>n</c> rows, all of one length.</param>
    /// <returns>Their <c>n * m</c> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> is null.</exception>
    /// <exception cref="ArgumentException">A row is null, or has another length than the first.</exception>
    /// <example>
    /// <code>
    /// double[][] table = { new[] { 5.1, 3.5 }, new[] { 6.2, 2.9 } };
    /// TrainingResult&lt;FlowerModel&gt; result = FlowerModel.Train(table.ToRowMajor(), labels);
    /// </code>
    /// </example>
    public static T[] ToRowMajor<T>(this IReadOnlyList<T[]> rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        int features = rows.Count == 0 ? 0 : rows[0]?.Length ?? 0;
        T[] values = new T[checked(rows.Count * features)];
        for (int row = 0; row < rows.Count; row++)
        {
            T[] source = rows[row] ?? throw Refusal.Argument($"Row {row} is null.", nameof(rows));
            if (source.Length != features)
            {
                throw Refusal.Argument($"Row {row} has {source.Length} numbers; row 0 has {features}.", nameof(rows));
            }

            source.CopyTo(values, row * features);
        }

        return values;
    }
}
