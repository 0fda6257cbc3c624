using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Where a cell stands, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the table, from 1.</param>
internal readonly record struct Place(string File, int Line, int Column)
{
    /// <summary>Makes an exception about the cell.</summary>
    /// <param name="message">What is wrong with it, and what to do.</param>
    /// <returns>The exception.</returns>
    public ToolException Error(string message) => new($"{this}: {message}");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
