using System.Globalization;

namespace SoftmaxGen.Training.Separability;

/// <summary>A threshold of one feature that separates a class from others.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Low">The largest value below the threshold; equal to <paramref name="High"/> where some rows lie on the threshold.</param>
/// <param name="High">The smallest value above.</param>
/// <param name="IsBelow">Whether the class lies below.</param>
/// <param name="SeparatedRows">The rows on either side of the threshold.</param>
/// <param name="BoundaryRows">The rows on the threshold.</param>
internal sealed record FeatureThreshold(int Feature, double Low, double High, bool IsBelow, int SeparatedRows, int BoundaryRows)
{
    private const int FewestDigits = 3;
    private const int MostDigits = 17;

    /// <summary>
    /// Gets the threshold: the middle of the gap, with no more digits than keep it in the inner half of the gap. Of two neighbouring numbers it is
    /// the one that is not in the class.
    /// </summary>
    public double Value { get; } = RoundedMiddle(Low, High) ?? (IsBelow ? High : Low);

    private static double? RoundedMiddle(double low, double high)
    {
        double middle = low + ((high / 2) - (low / 2));
        double quarter = (high / 4) - (low / 4);
        for (int digits = FewestDigits; digits <= MostDigits; digits++)
        {
            string text = middle.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            double rounded = double.Parse(text, CultureInfo.InvariantCulture);
            if (Math.Abs(rounded - middle) <= quarter && rounded > low && rounded < high)
            {
                return rounded;
            }
        }

        return null;
    }
}
