using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>What each feature contributes to a score, or to the lead of one class over another.</summary>
internal static class ContributionFigure
{
    // Those that contribute least are one bar together.
    private const int Most = 20;

    /// <summary>Draws the contributions.</summary>
    /// <param name="title">What is explained.</param>
    /// <param name="text">What there is to see.</param>
    /// <param name="start">What the contributions are added to, and its name.</param>
    /// <param name="names">The names of the features or members.</param>
    /// <param name="contributions">Their contributions.</param>
    /// <param name="total">The name of the sum, and the sum.</param>
    public static Figure Create(
        string title, string text, (string Name, double Value) start, IReadOnlyList<string> names, double[] contributions, (string Name, double Value) total)
    {
        int[] order = [.. Enumerable.Range(0, contributions.Length).OrderByDescending(k => Math.Abs(contributions[k]))];
        int[] rest = order.Length > Most ? order[Most..] : [];
        Bar[] bars =
        [
            ToBar(start.Name, start.Value),
            .. order.Take(Most).Select(k => ToBar(names[k], contributions[k])),
            .. rest.Length == 0 ? Array.Empty<Bar>() : [ToBar($"{rest.Length} others", rest.Sum(k => contributions[k]))],
        ];
        (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, WeightsFigure.Sign, total.Name);
        var table = new Table(
            ["feature", "contribution"],
            [
                [start.Name, Numbers.Text(start.Value)],
                .. order.Select(k => (string[])[names[k], Numbers.Text(contributions[k])]),
                [total.Name, Numbers.Text(total.Value)],
            ]);
        return new Figure(title, text, Plot.Width, height, content, table);
    }

    private static Bar ToBar(string name, double value) => new(name, value) { Text = value > 0 ? $"+{Numbers.Digits(value, 3)}" : Numbers.Digits(value, 3) };
}
