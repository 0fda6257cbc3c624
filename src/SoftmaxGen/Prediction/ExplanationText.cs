using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>Explanations in words.</summary>
internal static class ExplanationText
{
    // More than three reasons are not read; the others are counted.
    private const int MostReasons = 3;

    /// <summary>Says how many times as probable the predicted class is as the next.</summary>
    /// <param name="label">The name of the predicted class.</param>
    /// <param name="runnerUp">The name of the next.</param>
    /// <param name="margin">The logarithm of the ratio of their probabilities.</param>
    /// <returns>A sentence.</returns>
    public static string Lead(string label, string runnerUp, double margin) => margin == 0
        ? $"{label} and {runnerUp} are equally probable."
        : $"{label} is {Ratio(margin)} as probable as {runnerUp}.";

    /// <summary>Lists what speaks for the predicted class, and what against it.</summary>
    /// <returns>A sentence for each side that has a part; empty where no part counts.</returns>
    public static string Reasons(string label, IReadOnlyList<(string Name, double Value)> parts)
    {
        string pro = List([.. parts.Where(static part => part.Value > 0)]);
        string contra = List([.. parts.Where(static part => part.Value < 0)]);
        var text = new StringBuilder();
        text.Append(pro.Length > 0 ? $" For {label}: {pro}." : "");
        text.Append(contra.Length > 0 ? $" Against it: {contra}." : "");
        return text.ToString();
    }

    private static string Ratio(double margin)
    {
        double ratio = Math.Exp(margin);
        if (!double.IsFinite(ratio))
        {
            return double.IsNaN(ratio) ? "NaN times" : "more than 1e308 times";
        }

        return ratio < 100
            ? string.Create(CultureInfo.InvariantCulture, $"{ratio:G3} times")
            : ratio < 1e6
                ? string.Create(CultureInfo.InvariantCulture, $"{ratio:N0} times")
                : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0e+0} times");
    }

    private static string List((string Name, double Value)[] parts)
    {
        string[] named =
        [
            .. parts
                .OrderByDescending(static part => Math.Abs(part.Value))
                .Take(MostReasons)
                .Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} ({part.Value:+0.00;-0.00})")),
        ];
        return string.Join(", ", named) + (parts.Length > MostReasons ? $" and {parts.Length - MostReasons} more" : "");
    }
}
