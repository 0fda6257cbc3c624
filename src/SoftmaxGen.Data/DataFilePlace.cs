using System.Globalization;
using System.Text;

namespace SoftmaxGen.Data;

/// <summary>Where something is wrong in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Row">The number of the row, from 1; null where the file as a whole is at fault.</param>
/// <param name="Line">The number of the line, from 1; null where there are no lines.</param>
internal readonly record struct DataFilePlace(string File, long? Row = null, long? Line = null)
{
    /// <summary>Gets the name of the column; null where no single column is at fault.</summary>
    public string? Column { get; init; }

    /// <summary>Gets the text of the field; null where no single field is at fault.</summary>
    public string? Value { get; init; }

    /// <summary>Gets how a message begins.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(File);
            if (Line is { } line)
            {
                text.Append(CultureInfo.InvariantCulture, $", line {line}");
            }

            if (Row is { } row)
            {
                text.Append(CultureInfo.InvariantCulture, $", row {row}");
            }

            return (Column is null ? text : text.Append(", column ").Append(DataFileException.Quote(Column))).ToString();
        }
    }
}
