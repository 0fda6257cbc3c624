namespace SoftmaxGen.Data.Rows;

/// <summary>
/// The names of a file's columns, by which features find their columns: unit by unit, or else without regard to case, blanks and <c>_ - . ( )</c>
/// </summary>
/// <param name="file">What messages call the file.</param>
/// <param name="names">The names, all different.</param>
internal sealed class ColumnNames(string file, IReadOnlyList<string> names)
{
    /// <summary>Finds a column.</summary>
    /// <returns>The index of the column; -1 where there is none of the name.</returns>
    /// <exception cref="DataFileException">Several columns are alike.</exception>
    public int Find(string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        string plain = Plain(name);
        int[] alike = plain.Length == 0
            ? []
            : [.. Enumerable.Range(0, names.Count).Where(i => Plain(names[i]).Equals(plain, StringComparison.OrdinalIgnoreCase))];
        return alike.Length switch
        {
            0 => -1,
            1 => alike[0],
            _ => throw new DataFileException(
                new DataFilePlace(file),
                $"for {DataFileException.Quote(name)} there are the columns {DataFileException.List([.. alike.Select(i => names[i])])}; "
                + "say in Columns which it is."),
        };
    }

    /// <summary>Finds the first column of several names.</summary>
    /// <param name="what">What the column is for, for a message.</param>
    /// <param name="advice">What to do where there is none.</param>
    /// <param name="candidates">The names.</param>
    /// <exception cref="DataFileException">There is none, or several are alike.</exception>
    public int Require(string what, string advice, params ReadOnlySpan<string> candidates)
    {
        foreach (string name in candidates)
        {
            int index = Find(name);
            if (index >= 0)
            {
                return index;
            }
        }

        throw new DataFileException(
            new DataFilePlace(file) { Column = candidates[0] },
            $"the file has no column {DataFileException.Quote(candidates[0])}, {what}; {advice}. The columns are {DataFileException.List([.. names])}.");
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(static unit => !char.IsWhiteSpace(unit) && unit is not ('_' or '-' or '.' or '(' or ')')));
}
