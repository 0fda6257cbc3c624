using System.Text;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>A field between two axes, on which lines and points are drawn by their numbers.</summary>
internal sealed class Plot
{
    /// <summary>The width of pictures: what a telephone shows with letters that can be read.</summary>
    public const double Width = 400;

    private const double Left = 54;
    private const double Right = Width - 14;
    private const double Top = 16;
    private const double Bottom = 238;
    private const double LegendTop = 298;
    private const double LegendLine = 19;
    private const double Swatch = 20;

    // Points nearer to each other than this are one to the eye; curves may have millions.
    private const double Finest = 0.3;

    private readonly Axis _x;
    private readonly Axis _y;
    private readonly List<Element> _content = [];
    private readonly List<(string Name, string Style)> _legend = [];

    /// <summary>Initializes a new instance of the <see cref="Plot"/> class.</summary>
    public Plot(Axis x, Axis y)
    {
        _x = x;
        _y = y;
        foreach (double tick in y.Ticks)
        {
            _content.Add(Line(Left, Y(tick), Right, Y(tick), "thin grid"));
            _content.Add(Words.At(Left - 7, Y(tick) + 4, y.Format(tick), "end"));
        }

        _content.Add(Line(Left, Bottom, Right, Bottom, "thin axis"));
        foreach (double tick in x.Ticks)
        {
            _content.Add(Line(X(tick), Bottom, X(tick), Bottom + 4, "thin axis"));
            _content.Add(Words.At(X(tick), Bottom + 18, x.Format(tick), "middle"));
        }

        _content.Add(Words.At((Left + Right) / 2, Bottom + 38, x.Title, "middle"));
        _content.Add(Words.At(0, 0, y.Title, "middle").With("transform", $"translate(11 {Numbers.Coordinate((Top + Bottom) / 2)}) rotate(-90)"));
    }

    /// <summary>Makes the picture of what was drawn.</summary>
    public Figure ToFigure(string title, string description, Table table)
    {
        List<Element> legend = Legend(out int lines);
        return new Figure(title, description, Width, LegendTop - 16 + (lines * LegendLine), [.. _content, .. legend], table);
    }

    /// <summary>Finds the place of a number on the horizontal axis.</summary>
    public double X(double value) => _x.Place(value, Left, Right);

    /// <summary>Finds the place of a number on the vertical axis.</summary>
    public double Y(double value) => _y.Place(value, Bottom, Top);

    /// <summary>Draws something.</summary>
    public void Add(Element element) => _content.Add(element);

    /// <summary>Draws a straight line between two points.</summary>
    public void AddLine((double X, double Y) from, (double X, double Y) to, string style) =>
        _content.Add(Line(X(from.X), Y(from.Y), X(to.X), Y(to.Y), style));

    /// <summary>Draws a line through points. It is interrupted where a number is not finite.</summary>
    /// <param name="points">The points.</param>
    /// <param name="style">The classes of its style.</param>
    /// <param name="name">What the line is, shown when the pointer rests on it.</param>
    public void AddCurve(IEnumerable<(double X, double Y)> points, string style, string name)
    {
        var path = new StringBuilder();
        bool isDrawing = false;
        (double X, double Y) last = default;
        (double X, double Y)? skipped = null;
        foreach ((double x, double y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                Append(path, ref skipped);
                isDrawing = false;
                continue;
            }

            (double X, double Y) place = (X(x), Y(y));
            if (isDrawing && Math.Abs(place.X - last.X) < Finest && Math.Abs(place.Y - last.Y) < Finest)
            {
                skipped = place;
                continue;
            }

            // The line turns where the last point lies that was skipped.
            Append(path, ref skipped);
            path.Append(isDrawing ? 'L' : 'M').Append(Numbers.Coordinate(place.X)).Append(' ').Append(Numbers.Coordinate(place.Y));
            last = place;
            isDrawing = true;
        }

        Append(path, ref skipped);
        if (path.Length > 0)
        {
            _content.Add(new Element("path").With("class", $"line {style}").With("d", path.ToString()).Add(new Element("title").Text(name)));
        }
    }

    /// <summary>Draws a point.</summary>
    /// <param name="x">Its number on the horizontal axis.</param>
    /// <param name="y">Its number on the vertical axis.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="style">The classes of its style.</param>
    /// <param name="name">What it is, shown when the pointer rests on it.</param>
    public void AddPoint(double x, double y, double radius, string style, string name) => _content.Add(
        new Element("circle").With("class", $"{style} ring").With("cx", X(x)).With("cy", Y(y)).With("r", radius).Add(new Element("title").Text(name)));

    /// <summary>Names a series below the picture.</summary>
    public void AddLegend(string name, string style) => _legend.Add((name, style));

    /// <summary>Draws a line.</summary>
    public static Element Line(double x1, double y1, double x2, double y2, string style) =>
        new Element("line").With("class", style).With("x1", x1).With("y1", y1).With("x2", x2).With("y2", y2);

    private static void Append(StringBuilder path, ref (double X, double Y)? place)
    {
        if (place is (double x, double y))
        {
            path.Append('L').Append(Numbers.Coordinate(x)).Append(' ').Append(Numbers.Coordinate(y));
            place = null;
        }
    }

    private List<Element> Legend(out int lines)
    {
        var elements = new List<Element>();
        double x = Left;
        lines = _legend.Count == 0 ? 0 : 1;
        foreach ((string name, string style) in _legend)
        {
            double room = Right - Left - Swatch;
            double width = Math.Min(room, Words.Width(name));
            if (x > Left && x + Swatch + width > Right)
            {
                x = Left;
                lines++;
            }

            double y = LegendTop + ((lines - 1) * LegendLine);
            elements.Add(Line(x, y - 4, x + Swatch - 6, y - 4, $"line {style}"));
            elements.Add(Words.NameAt(x + Swatch, y, name, room, "start"));
            x += Swatch + width + 12;
        }

        return elements;
    }
}
