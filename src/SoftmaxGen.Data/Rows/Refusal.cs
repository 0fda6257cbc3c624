using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>The exceptions of fields that a model cannot take.</summary>
internal static class Refusal
{
    private static readonly string[] _usualMissing = ["NA", "N/A", "#N/A", "?", "-", "--", "null", "None", "nil", "missing", ".", "\\N"];

    /// <summary>Refuses a field.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">The column.</param>
    /// <param name="row">The row.</param>
    /// <param name="reason">What is wrong, as what is said of the value.</param>
    public static DataFileException Of(RowSource source, Column column, int row, string reason)
    {
        string value = column.Text(row).ToString();
        return new DataFileException(source.PlaceOf(row) with { Column = column.Name, Value = value }, $"{DataFileException.Quote(value)} {reason}.");
    }

    /// <summary>Refuses a field that is missing.</summary>
    public static DataFileException Missing(RowSource source, Column column, int row, string advice) =>
        new(source.PlaceOf(row) with { Column = column.Name }, $"the value is missing; {advice}.");

    /// <summary>Refuses a field that is no number.</summary>
    public static DataFileException NoNumber(RowSource source, Column column, int row, string kind = "number")
    {
        ReadOnlySpan<char> text = column.Text(row);
        string advice = _usualMissing.Contains(text.ToString(), StringComparer.OrdinalIgnoreCase)
            ? "; where it stands for a missing value, name it in Missing"
            : source.HasCulture && text.ContainsAny(',', '.')
                ? "; Culture says whose numbers the file has, CultureInfo.GetCultureInfo(\"de\") those with decimal commas"
                : "";
        return Of(source, column, row, $"is no {kind}{advice}");
    }
}
