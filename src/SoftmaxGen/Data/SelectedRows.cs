namespace SoftmaxGen.Data;

/// <summary>Some rows of a table.</summary>
internal static class SelectedRows
{
    /// <summary>Copies rows.</summary>
    /// <param name="table">The table, row-major; empty for none.</param>
    /// <param name="columns">The elements of a row.</param>
    /// <param name="rows">The rows to copy.</param>
    /// <returns>The copy; empty for none.</returns>
    public static TValue[] Copy<TValue>(ReadOnlySpan<TValue> table, int columns, int[] rows)
    {
        if (table.IsEmpty)
        {
            return [];
        }

        var selected = new TValue[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            table.Slice(rows[i] * columns, columns).CopyTo(selected.AsSpan(i * columns));
        }

        return selected;
    }
}
