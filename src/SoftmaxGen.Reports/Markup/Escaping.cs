using System.Text;

namespace SoftmaxGen.Reports.Markup;

/// <summary>Makes any text fit for XML and HTML.</summary>
internal static class Escaping
{
    /// <summary>Escapes text for the content of elements and for attributes in double quotes.</summary>
    /// <returns>The text, escaped. What XML has no character for, control characters and halves of surrogate pairs, is U+FFFD.</returns>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);

        // Runes come out of halves of surrogate pairs as U+FFFD already.
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                default:
                    escaped.Append(IsCharacter(rune.Value) ? rune : Rune.ReplacementChar);
                    break;
            }
        }

        return escaped.ToString();
    }

    // C1 control characters are XML but no HTML.
    private static bool IsCharacter(int value) => value is '\t' or '\n' || (value is >= 0x20 and not (>= 0x7F and < 0xA0) && (value & 0xFFFE) != 0xFFFE);
}
