using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Reads numbers, with a decimal point or a decimal comma; the other of the two may part thousands: <c>1,234.5</c> or <c>1.234,5</c>.</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const int LongestNumber = 64;

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="decimalComma">Whether the fraction begins with a comma.</param>
    /// <param name="number">The number; finite.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, bool decimalComma, out double number)
    {
        number = 0;
        if (text.Length is 0 or > LongestNumber)
        {
            return false;
        }

        (char fraction, char thousands) = decimalComma ? (',', '.') : ('.', ',');
        Span<char> plain = stackalloc char[LongestNumber];
        int length = 0;
        if (text.Contains(thousands) && !AreThousands(text, fraction, thousands))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c != thousands)
            {
                plain[length++] = c == fraction ? '.' : c;
            }
        }

        return double.TryParse(plain[..length], Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    // Up to three digits, then groups of three, then the end or the fraction.
    private static bool AreThousands(ReadOnlySpan<char> text, char fraction, char thousands)
    {
        ReadOnlySpan<char> whole = text.TrimStart("+-");
        int end = whole.IndexOf(fraction);
        whole = end < 0 ? whole : whole[..end];
        int first = whole.IndexOf(thousands);
        if (first is < 1 or > 3 || (whole.Length - first) % 4 != 0)
        {
            return false;
        }

        for (int i = 0; i < whole.Length; i++)
        {
            bool isPart = i >= first && (i - first) % 4 == 0;
            if (isPart ? whole[i] != thousands : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return true;
    }
}
