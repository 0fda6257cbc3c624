using System.Globalization;

namespace SoftmaxGen.Reports.Markup;

/// <summary>Writes numbers in the invariant culture: the same text on every machine.</summary>
internal static class Numbers
{
    /// <summary>Writes a coordinate with two decimals at most.</summary>
    /// <param name="value">The coordinate; finite.</param>
    public static string Coordinate(double value)
    {
        // Adding 0 turns -0 into 0.
        double rounded = Math.Round(value, 2) + 0.0;
        return rounded.ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a number for people, with four significant digits.</summary>
    public static string Text(double value) => Digits(value, 4);

    /// <summary>Writes a number for people.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The significant digits.</param>
    public static string Digits(double value, int digits)
    {
        if (double.IsNaN(value))
        {
            return "not a number";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "-∞";
        }

        double magnitude = Math.Abs(value);
        if (magnitude is not 0 and (< 1e-4 or >= 1e7))
        {
            return value.ToString($"0.{new string('#', digits - 1)}e+0", CultureInfo.InvariantCulture);
        }

        int whole = magnitude < 1 ? 0 : (int)Math.Floor(Math.Log10(magnitude)) + 1;
        int leading = magnitude is 0 or >= 1 ? 0 : -(int)Math.Floor(Math.Log10(magnitude)) - 1;
        double rounded = Math.Round(value, Math.Clamp(digits - whole + leading, 0, 15)) + 0.0;
        return rounded.ToString("0.################", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a share as a percentage with one decimal, and a space that breaks no line.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public static string Percent(double share) =>
        double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, 1) + 0.0:0.0}\u00a0%") : Text(share);

    /// <summary>Writes a whole number with groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes the weight of rows: a number of rows where it is whole.</summary>
    public static string Weight(double weight) => weight == Math.Floor(weight) && Math.Abs(weight) < 1e15 ? Count((long)weight) : Text(weight);
}
