using System.Globalization;
using System.Text;

namespace SoftmaxGen.Data;

/// <summary>How a text file with fields and delimiters (CSV, TSV) is written. The defaults fit most files.</summary>
public sealed record CsvFormat
{
    /// <summary>
    /// Gets what stands between the fields of a row: a comma, a semicolon, a tab or the like. Null, the default: the one of these that the first line has.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Gets whose numbers the file has, such as <c>CultureInfo.GetCultureInfo("de")</c> for decimal commas. The default is
    /// <see cref="CultureInfo.InvariantCulture"/>, whatever the culture of the user: a decimal point. Thousands have no separators.
    /// </summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>
    /// Gets the encoding. Null, the default: what the byte order mark says, UTF-8 without one. Bytes that are not valid in it are refused.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// Gets a value indicating whether the first line has the names of the columns. The default is true. Without it columns are called <c>1</c>, <c>2</c> and
    /// so on.
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether fields may stand in quotes (RFC 4180), so that they may contain delimiters, line breaks and, doubled, quotes. The
    /// default is true. Where it is false, a quote is a character like any other.
    /// </summary>
    public bool HasQuotes { get; init; } = true;
}
