using System.Globalization;
using System.Text;

namespace SoftmaxGen.Data;

/// <summary>
/// A file whose rows cannot be added: it is damaged, lacks a column, or has a field that the model cannot take. The message names the file, and the row, the
/// column and the value where they are known, and says what to do.
/// </summary>
public sealed class DataFileException : FormatException
{
    // What is shown of a value; a reader who needs more looks into the file.
    private const int MostCharacters = 80;

    /// <summary>Initializes a new instance of the <see cref="DataFileException"/> class.</summary>
    public DataFileException()
        : base("The rows of the file cannot be added.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DataFileException"/> class.</summary>
    /// <param name="message">What is wrong and where.</param>
    public DataFileException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DataFileException"/> class.</summary>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="innerException">What found it.</param>
    public DataFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal DataFileException(DataFilePlace place, string message, Exception? innerException = null)
        : base($"{place.Text}: {message}", innerException)
    {
        FileName = place.File;
        Row = place.Row;
        Line = place.Line;
        Column = place.Column;
        Value = place.Value;
    }

    /// <summary>Gets the file, as it was named when it was opened.</summary>
    public string? FileName { get; }

    /// <summary>Gets the number of the row, from 1, the names of the columns not counted; null where the file as a whole is at fault.</summary>
    public long? Row { get; }

    /// <summary>Gets the number of the line that the row begins in, from 1; null where the file does not consist of lines.</summary>
    public long? Line { get; }

    /// <summary>Gets the name of the column; null where no single column is at fault.</summary>
    public string? Column { get; }

    /// <summary>Gets the text of the field; null where it is missing, or no single field is at fault.</summary>
    public string? Value { get; }

    /// <summary>Quotes a value for a message.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value in quotes, cut where it is long, line breaks and other controls shown as their codes.</returns>
    internal static string Quote(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder("'");
        foreach (char unit in value[..Math.Min(value.Length, MostCharacters)])
        {
            if (char.IsControl(unit))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            }
            else
            {
                text.Append(unit);
            }
        }

        return text.Append(value.Length > MostCharacters ? "…'" : "'").ToString();
    }

    /// <summary>Lists names for a message.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The names in quotes, with commas between them; where there are many, the first of them.</returns>
    internal static string List(IReadOnlyCollection<string> names)
    {
        const int MostNames = 30;
        return string.Join(", ", names.Take(MostNames).Select(static name => Quote(name))) + (names.Count > MostNames ? ", …" : "");
    }
}
