using System.Globalization;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Makes a culture current until disposed of.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _previous = CultureInfo.CurrentCulture;

    public CultureScope(CultureInfo culture) => CultureInfo.CurrentCulture = culture;

    /// <summary>Makes a culture that writes numbers as no C# compiler would read them: −1,5 with U+2212 and a comma.</summary>
    public static CultureInfo Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _previous;
}
