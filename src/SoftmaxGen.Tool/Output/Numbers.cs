using System.Globalization;

namespace SoftmaxGen.Tool.Output;

/// <summary>How numbers are written for people.</summary>
internal static class Numbers
{
    /// <summary>Writes a share, a probability or a metric.</summary>
    /// <returns>The text, of four decimals.</returns>
    public static string Share(double number) => number.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Writes a number of any size.</summary>
    /// <returns>The text, of four digits.</returns>
    public static string Short(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>Writes a number with its sign.</summary>
    /// <returns>The text, of three decimals.</returns>
    public static string Signed(double number) => number.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>Writes a number so that it reads back to the same bits.</summary>
    public static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes a count.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
