using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Where a cell stands, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, or the row where the file has no lines, from 1.</param>
/// <param name="Column">The column of the table, from 1.</param>
/// <param name="HasLines">Whether the file has lines.</param>
internal readonly record struct Place(string File, long Line, int Column, bool HasLines = true)
{
    /// <summary>Gets what is counted.</summary>
    public string Counted => HasLines ? "line" : "row";

    /// <summary>Makes an exception about the cell.</summary>
    public ToolException Error(string message) => new($"{this}: {message}");

    public override string ToString() => HasLines
        ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}")
        : string.Create(CultureInfo.InvariantCulture, $"{File}, row {Line}, column {Column}");
}
