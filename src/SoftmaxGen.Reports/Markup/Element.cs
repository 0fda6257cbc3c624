using System.Text;

namespace SoftmaxGen.Reports.Markup;

/// <summary>
/// An element of SVG or HTML. Whatever text it is given is escaped when it is written, and there is no other way to put text into it, so that no name can break
/// out of its place. What is written is well-formed XML, pages included.
/// </summary>
internal sealed class Element(string name)
{
    // HTML knows no empty element but these; those of SVG are foreign to it and may end themselves.
    private static readonly HashSet<string> _selfClosing = ["meta", "link", "rect", "line", "path", "circle"];

    private readonly List<(string Name, string Value)> _attributes = [];

    // Elements and strings, in their order.
    private readonly List<object> _children = [];

    /// <summary>Sets an attribute.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="value">Its value, not escaped yet.</param>
    public Element With(string attribute, string value)
    {
        _attributes.Add((attribute, value));
        return this;
    }

    /// <summary>Sets an attribute that is a coordinate or a length.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="value">Its value; finite.</param>
    public Element With(string attribute, double value) => With(attribute, Numbers.Coordinate(value));

    /// <summary>Adds elements.</summary>
    /// <param name="children">The elements; null is left out.</param>
    public Element Add(params IEnumerable<Element?> children)
    {
        _children.AddRange(children.OfType<Element>());
        return this;
    }

    /// <summary>Adds text.</summary>
    /// <param name="text">The text, not escaped yet.</param>
    public Element Text(string text)
    {
        _children.Add(text);
        return this;
    }

    /// <summary>Writes the element.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        text.Append('<').Append(name);
        foreach ((string attribute, string value) in _attributes)
        {
            text.Append(' ').Append(attribute).Append("=\"").Append(Escaping.Escape(value)).Append('"');
        }

        if (_children.Count == 0 && _selfClosing.Contains(name))
        {
            text.Append("/>");
            return;
        }

        text.Append('>');
        foreach (object child in _children)
        {
            if (child is Element element)
            {
                element.Write(text);
            }
            else
            {
                text.Append(Escaping.Escape((string)child));
            }
        }

        text.Append("</").Append(name).Append('>');
    }
}
