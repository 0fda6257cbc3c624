using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// A row that is a few terms, values each with its column, all other columns being 0: a category takes one addition of a weight, however many levels there
/// are. For generated code alone. Thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTerms
{
    /// <summary>Makes features of the terms of a row.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="knownColumns">The feature of each that all rows have there; -1 for others.</param>
    /// <param name="columns">The feature of the others, in their places; all features are different where the values are not 0.</param>
    /// <param name="features">Receives the features.</param>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="IndexOutOfRangeException">A column is none of the features.</exception>
    public static void Scatter<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> knownColumns, ReadOnlySpan<int> columns, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(knownColumns.Length, values.Length, nameof(knownColumns));
        Guard.Length(columns.Length, values.Length, nameof(columns));
        features.Clear();
        for (int term = 0; term < values.Length; term++)
        {
            features[knownColumns[term] >= 0 ? knownColumns[term] : columns[term]] += values[term];
        }
    }
}
