using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace SoftmaxGen.Reports.Tests.Harness;

/// <summary>A page, read as the well-formed XML that it is.</summary>
internal sealed class HtmlPage
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    private HtmlPage(XElement root) => Root = root;

    public XElement Root { get; }

    public static HtmlPage Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return new HtmlPage(XElement.Load(reader, LoadOptions.PreserveWhitespace));
    }

    /// <summary>The number that a cell or a bar says.</summary>
    public static double Number(string text) =>
        double.Parse(text.Replace("\u00a0%", "", StringComparison.Ordinal), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    public IEnumerable<XElement> All(string name) => Root.Descendants(_html + name);

    public XElement Card(string title) => All("article").Single(card => card.Element(_html + "h3")!.Value == title);

    /// <summary>The rows of a card's table, as text.</summary>
    public string[][] Table(string title) =>
        [.. Card(title).Descendants(_html + "tbody").Single().Elements().Select(static row => row.Elements().Select(static cell => cell.Value).ToArray())];
}
