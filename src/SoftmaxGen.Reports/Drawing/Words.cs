using System.Globalization;
using System.Text;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>Text in pictures. No font is at hand, so that widths are estimates: those of a font that is wider than most.</summary>
internal static class Words
{
    /// <summary>The size of letters.</summary>
    public const double Size = 12;

    /// <summary>The size of small letters.</summary>
    public const double SmallSize = 10;

    /// <summary>Estimates the width of text.</summary>
    public static double Width(string text, double size = Size) => size * text.EnumerateRunes().Sum(Width);

    /// <summary>Shortens text to a width. Whole characters are left out, those of several code points included.</summary>
    /// <returns>The text, or its beginning with an ellipsis.</returns>
    public static string Fit(string text, double width, double size = Size)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        var shortened = new StringBuilder();
        double room = width - Width("…", size);
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string next = elements.GetTextElement();
            room -= Width(next, size);
            if (room < 0)
            {
                break;
            }

            shortened.Append(next);
        }

        return shortened.Append('…').ToString();
    }

    /// <summary>Writes text at a place.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The line it stands on.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="style">The classes of its style.</param>
    public static Element At(double x, double y, string text, string anchor = "start", string style = "")
    {
        Element element = new Element("text").With("x", x).With("y", y);
        if (anchor != "start")
        {
            element.With("text-anchor", anchor);
        }

        if (style.Length > 0)
        {
            element.With("class", style);
        }

        return element.Text(text);
    }

    /// <summary>Writes a name in the room that there is. What was cut off is shown when the pointer rests on it.</summary>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">The line it stands on.</param>
    /// <param name="name">The name.</param>
    /// <param name="width">The room.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="style">The classes of its style.</param>
    public static Element NameAt(double x, double y, string name, double width, string anchor, string style = "ink")
    {
        string shown = Fit(name, width, style.Contains("small", StringComparison.Ordinal) ? SmallSize : Size);
        Element element = At(x, y, shown, anchor, style);
        return shown == name ? element : element.Add(new Element("title").Text(name));
    }

    private static double Width(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' or '[' or ']' or ' ' or '/' => 0.38,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.97,
        >= 'A' and <= 'Z' => 0.73,
        < 0x300 => 0.64,
        >= 0x300 and < 0x370 => 0,
        >= 0x1100 => 1.1,
        _ => 0.7,
    };
}
