namespace SoftmaxGen.Reports.Markup;

/// <summary>The numbers of a picture, for those who do not see it.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows: the first cell names the row.</param>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    // A longer one is folded.
    private const int MostOpenRows = 12;

    // Longer text is broken into lines, but not into single words.
    private const int LongText = 40;

    /// <summary>Gets how many of the columns, the first ones, are text.</summary>
    public int TextColumns { get; init; } = 1;

    /// <summary>Makes a table that has a row for each of some things.</summary>
    public static Table Of<T>(IReadOnlyList<string> columns, IEnumerable<T> things, Func<T, string[]> row) => new(columns, [.. things.Select(row)]);

    /// <summary>Writes the table, folded where it is long.</summary>
    public Element ToElement(string title)
    {
        Element details = new Element("details").Add(new Element("summary").Text($"The numbers ({Numbers.Count(Rows.Count)} rows)"), Plain(title));
        return Rows.Count <= MostOpenRows ? details.With("open", "open") : details;
    }

    /// <summary>Writes the table as it is. It scrolls where it is wider than the page.</summary>
    public Element Plain(string title) => new Element("div").With("class", "scroll").With("tabindex", "0").With("role", "region").With("aria-label", title).Add(
        new Element("table").Add(
            new Element("thead").Add(new Element("tr").Add(Columns.Select((name, column) => Cell("th", name, column).With("scope", "col")))),
            new Element("tbody").Add(Rows.Select(row => new Element("tr").Add(
                row.Select((cell, column) => column == 0 ? Cell("th", cell, column).With("scope", "row") : Cell("td", cell, column)))))));

    // Names may be written from right to left: each cell finds its own direction.
    private Element Cell(string name, string text, int column) =>
        new Element(name).With("class", column >= TextColumns ? "number" : text.Length > LongText ? "text long" : "text").Add(new Element("bdi").Text(text));
}
