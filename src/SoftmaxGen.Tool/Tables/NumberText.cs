using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Reads numbers, with a decimal point or a decimal comma.</summary>
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

        if (decimalComma)
        {
            if (text.Contains('.'))
            {
                return false;
            }

            Span<char> point = stackalloc char[text.Length];
            text.Replace(point, ',', '.');
            return double.TryParse(point, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }

        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
