using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>A picture, what it shows in words, and its numbers.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What there is to see, in a sentence or two.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
/// <param name="Content">What is drawn.</param>
/// <param name="Table">The numbers.</param>
internal sealed record Figure(string Title, string Description, double Width, double Height, IReadOnlyList<Element> Content, Table Table)
{
    private const double HeadingHeight = 36;

    /// <summary>Makes the picture of what there is no picture of.</summary>
    public static Figure Empty(string title, string reason, Table table)
    {
        Element frame = new Element("rect").With("class", "empty").With("x", 0).With("y", 0).With("width", Plot.Width).With("height", 64).With("rx", 6);
        return new Figure(title, reason, Plot.Width, 64, [frame, Words.NameAt(Plot.Width / 2, 36, reason, Plot.Width - 16, "middle", "")], table);
    }

    /// <summary>Writes the picture as a file of its own: with its title, its colours and a background.</summary>
    public string ToSvg()
    {
        const double Margin = 14;
        (double width, double height) = (Width + (2 * Margin), Height + HeadingHeight + (2 * Margin));
        Element content = new Element("g")
            .With("transform", $"translate({Numbers.Coordinate(Margin)} {Numbers.Coordinate(Margin + HeadingHeight)})").Add(Content);
        return Root(width, height, "picture")
            .With("xmlns", "http://www.w3.org/2000/svg").With("width", width).With("height", height)
            .Add(
                new Element("style").Text(Theme.StyleSheet),
                new Element("rect").With("class", "surface").With("width", width).With("height", height).With("rx", 8),
                Words.NameAt(Margin, Margin + 15, Title, Width * Words.Size / 15, "start", "ink heading"),
                content)
            .ToString();
    }

    /// <summary>Writes the picture for a page that has its title, its colours and a background.</summary>
    public Element ToElement(string id) => Root(Width, Height, id).Add(Content);

    private Element Root(double width, double height, string id) => new Element("svg")
        .With("class", "sg")
        .With("viewBox", $"0 0 {Numbers.Coordinate(width)} {Numbers.Coordinate(height)}")
        .With("role", "img")
        .With("aria-labelledby", $"{id}-title {id}-text")
        .Add(
            new Element("title").With("id", $"{id}-title").Text(Title),
            new Element("desc").With("id", $"{id}-text").Text(Description));
}
