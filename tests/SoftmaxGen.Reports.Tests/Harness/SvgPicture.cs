using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace SoftmaxGen.Reports.Tests.Harness;

/// <summary>A picture as a reader sees it: elements, and numbers read off the ticks of its axes, which nothing of the library is asked for.</summary>
internal sealed class SvgPicture
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private SvgPicture(XElement root) => Root = root;

    public XElement Root { get; }

    public string Title => Root.Element(Svg + "title")!.Value;

    public string Description => Root.Element(Svg + "desc")!.Value;

    /// <summary>Reads a picture. It must be well-formed.</summary>
    public static SvgPicture Parse(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return new SvgPicture(XElement.Load(reader));
    }

    public IEnumerable<XElement> All(string name) => Root.Descendants(Svg + name);

    /// <summary>Finds elements with a class.</summary>
    public IEnumerable<XElement> All(string name, string style) => All(name).Where(element => Styles(element).Contains(style));

    /// <summary>Finds the element that says this when the pointer rests on it.</summary>
    public XElement Named(string name, string title) => All(name).Single(element => element.Element(Svg + "title")?.Value == title);

    public static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>The numbers that bars say.</summary>
    public double[] Bars() =>
        [.. All("rect").Where(static rect => rect.Element(Svg + "title") is not null).Select(static rect => HtmlPage.Number(rect.Value.Split(": ")[1]))];

    /// <summary>The points of a line, in the numbers of the axes.</summary>
    public (double X, double Y)[] Points(XElement path)
    {
        Func<double, double> x = Horizontal();
        Func<double, double> y = Vertical();
        return
        [
            .. path.Attribute("d")!.Value.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
                .Select(static point => point.Split(' '))
                .Select(point => (x(Parsed(point[0])), y(Parsed(point[1])))),
        ];
    }

    /// <summary>The center of a circle, in the numbers of the axes.</summary>
    public (double X, double Y) Center(XElement circle) => (Horizontal()(Number(circle, "cx")), Vertical()(Number(circle, "cy")));

    /// <summary>Reads the horizontal axis.</summary>
    public Func<double, double> Horizontal(bool isLogarithmic = false)
    {
        double bottom = All("line", "axis").Max(static line => Number(line, "y1"));
        return Scale(Ticks().Where(text => Number(text, "y") == bottom + 18).Select(static text => (Number(text, "x"), Parsed(text.Value))), isLogarithmic);
    }

    /// <summary>Reads the vertical axis.</summary>
    public Func<double, double> Vertical()
    {
        double left = All("line", "grid").Min(static line => Number(line, "x1"));
        IEnumerable<XElement> ticks = Ticks().Where(text => Number(text, "x") == left - 7);
        return Scale(ticks.Select(static text => (Number(text, "y") - 4, Parsed(text.Value))), isLogarithmic: false);
    }

    private IEnumerable<XElement> Ticks() =>
        All("text").Where(static text => double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static Func<double, double> Scale(IEnumerable<(double Place, double Value)> ticks, bool isLogarithmic)
    {
        (double Place, double Value)[] all = [.. ticks.Where(tick => !isLogarithmic || tick.Value > 0).OrderBy(static tick => tick.Place)];
        (double firstPlace, double first) = all[0];
        (double lastPlace, double last) = all[^1];
        (first, last) = isLogarithmic ? (Math.Log10(first), Math.Log10(last)) : (first, last);
        return place =>
        {
            double value = first + ((place - firstPlace) / (lastPlace - firstPlace) * (last - first));
            return isLogarithmic ? Math.Pow(10, value) : value;
        };
    }

    private static string[] Styles(XElement element) => element.Attribute("class")?.Value.Split(' ') ?? [];

    private static double Parsed(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
