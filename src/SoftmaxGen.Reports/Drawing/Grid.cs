using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>A cell of a <see cref="Grid"/>.</summary>
/// <param name="Text">What is written in it, where there is room.</param>
/// <param name="Strength">How strong its colour is, from 0 to 1.</param>
/// <param name="Style">The class of its colour.</param>
/// <param name="Name">What it says, shown when the pointer rests on it.</param>
internal readonly record struct GridCell(string Text, double Strength, string Style, string Name);

/// <summary>Cells in rows and columns whose colours tell their numbers.</summary>
internal static class Grid
{
    private const double LargestName = 130;
    private const double LargestHead = 96;

    // From here on dark letters are read better than white ones on a dark page; on a light one they are on every ground.
    private const double Strong = 0.8;

    /// <summary>Draws a grid.</summary>
    /// <param name="rows">The names of the rows.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="cell">The cell of a row and a column; null for one that is 0.</param>
    /// <param name="corner">What the rows are.</param>
    /// <param name="caption">What the columns are.</param>
    /// <returns>The elements, the width and the height.</returns>
    public static (IReadOnlyList<Element> Content, double Width, double Height) Draw(
        IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<int, int, GridCell?> cell, string corner, string caption)
    {
        bool isSmall = Math.Max(rows.Count, columns.Count) > 20;
        double size = isSmall ? Words.SmallSize : Words.Size;
        string style = isSmall ? "ink small" : "ink";
        double left = Math.Max(Math.Min(LargestName, rows.Max(name => Words.Width(name, size))), Words.Width($"{corner} ↓")) + 12;
        double width = columns.Count > 20 ? 13 : Math.Clamp((Plot.Width - left - 4) / columns.Count, 26, 84);
        double height = isSmall ? 13 : Math.Clamp(width, 26, 46);

        // Names that are wider than their columns are written upwards.
        double longest = columns.Max(name => Words.Width(name, size));
        bool isSteep = longest > width - 4;
        double head = isSteep ? Math.Min(LargestHead, longest) : 0;
        double top = 20 + (isSteep ? head + 6 : 18);

        var content = new List<Element>
        {
            Words.At(left, 12, $"{caption} →"),
            Words.At(left - 8, top - 6, $"{corner} ↓", "end"),
            new Element("rect").With("class", "empty").With("x", left).With("y", top).With("width", width * columns.Count).With("height", height * rows.Count),
        };
        for (int column = 0; column < columns.Count; column++)
        {
            double x = left + ((column + 0.5) * width);
            content.Add(isSteep
                ? Words.NameAt(0, 0, columns[column], head + 0.01, "start", style)
                    .With("transform", $"translate({Numbers.Coordinate(x + (size / 3))} {Numbers.Coordinate(top - 6)}) rotate(-90)")
                : Words.NameAt(x, top - 6, columns[column], width, "middle", style));
        }

        for (int row = 0; row < rows.Count; row++)
        {
            double y = top + (row * height);
            content.Add(Words.NameAt(left - 8, y + (height / 2) + 4, rows[row], left - 12 + 0.01, "end", style));
            for (int column = 0; column < columns.Count; column++)
            {
                if (cell(row, column) is GridCell one)
                {
                    AddCell(content, one, left + (column * width), y, width, height);
                }
            }
        }

        return (content, Math.Max(Plot.Width, left + (width * columns.Count) + 4), top + (height * rows.Count) + 4);
    }

    private static void AddCell(List<Element> content, GridCell cell, double x, double y, double width, double height)
    {
        // Numbers beyond all others have the full colour.
        double strength = double.IsFinite(cell.Strength) ? Math.Clamp(cell.Strength, 0, 1) : 1;

        // A hair's breadth between cells.
        content.Add(new Element("rect").With("class", cell.Style).With("fill-opacity", strength).With("x", x + 0.5).With("y", y + 0.5)
            .With("width", width - 1).With("height", height - 1).Add(new Element("title").Text(cell.Name)));
        if (Words.Width(cell.Text) <= width - 2 && height >= 18)
        {
            string style = strength > Strong ? "on" : "ink";
            content.Add(Words.At(x + (width / 2), y + (height / 2) + 4, cell.Text, "middle", style).With("pointer-events", "none"));
        }
    }
}
