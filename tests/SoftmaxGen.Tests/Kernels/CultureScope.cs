using System.Globalization;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Makes a culture current until disposed of.</summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _previous = CultureInfo.CurrentCulture;

    private CultureScope(CultureInfo culture) => CultureInfo.CurrentCulture = culture;

    /// <summary>Makes a culture current that writes numbers as nobody expects them in a message: −1,5 with U+2212 and a comma.</summary>
    public static CultureScope Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NaNSymbol = "nan?";
        culture.NumberFormat.PositiveInfinitySymbol = "inf?";
        return new CultureScope(culture);
    }

    public void Dispose() => CultureInfo.CurrentCulture = _previous;
}
