using System.Globalization;

namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>Writes numbers of a declaration: the same text on every framework and in every culture, that reads back as the same number.</summary>
internal static class NumberText
{
    /// <summary>Writes a number.</summary>
    /// <param name="number">The number, finite.</param>
    /// <returns>The shorter of the texts with 15 and 17 digits that is exact.</returns>
    public static string Of(double number)
    {
        string text = number.ToString("G15", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(number) ? text : number.ToString("G17", CultureInfo.InvariantCulture);
    }
}
