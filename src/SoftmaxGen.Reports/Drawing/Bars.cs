using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Drawing;

/// <summary>Horizontal bars below one another, from 0 to the right and to the left.</summary>
internal static class Bars
{
    /// <summary>The most bars of a picture: more are not read.</summary>
    public const int Most = 30;

    private const double Pitch = 24;
    private const double Thickness = 14;
    private const double LargestName = 140;

    /// <summary>Draws bars.</summary>
    /// <param name="bars">The bars, at least one.</param>
    /// <param name="style">The class of a bar, by its number.</param>
    /// <param name="caption">What the numbers are.</param>
    /// <param name="arePoints">Whether points stand for the bars.</param>
    /// <returns>The elements, and the height.</returns>
    public static (IReadOnlyList<Element> Content, double Height) Draw(
        IReadOnlyList<Bar> bars, Func<Bar, string> style, string caption, bool arePoints = false)
    {
        double names = Math.Min(LargestName, bars.Max(static bar => Words.Width(bar.Name))) + 4;
        double texts = bars.Max(static bar => Words.Width(bar.Text));
        bool hasNegative = bars.Any(static bar => Ends(bar).Any(static end => end < 0));

        // Text stands beside the end of its bar, on the left of a negative one.
        double left = names + 10 + (hasNegative && !arePoints ? texts + 6 : 0);
        double right = Plot.Width - texts - 8;
        double low = Math.Min(0, bars.SelectMany(Ends).Min());
        double high = Math.Max(0, bars.SelectMany(Ends).Max());
        double range = high - low > 0 ? high - low : 1;
        double bottom = bars.Count * Pitch;

        var content = new List<Element> { Plot.Line(Place(0), 0, Place(0), bottom, "thin axis") };
        for (int i = 0; i < bars.Count; i++)
        {
            Bar bar = bars[i];
            double middle = (i + 0.5) * Pitch;
            content.Add(Words.NameAt(names, middle + 4, bar.Name, names - 4 + 0.01, "end"));
            Element title = new Element("title").Text($"{bar.Name}: {bar.Text}");
            if (!double.IsFinite(bar.Value))
            {
                content.Add(Words.At(Place(0) + 6, middle + 4, bar.Text));
                continue;
            }

            if (arePoints)
            {
                content.Add(new Element("circle").With("class", $"{style(bar)} ring").With("cx", Place(bar.Value)).With("cy", middle).With("r", 5).Add(title));
            }
            else
            {
                double from = Math.Min(Place(0), Place(bar.Value));
                double width = Math.Abs(Place(bar.Value) - Place(0));
                content.Add(new Element("rect").With("class", style(bar)).With("x", from).With("y", middle - (Thickness / 2)).With("width", width)
                    .With("height", Thickness).With("rx", Math.Min(3, width / 2)).Add(title));
            }

            if (bar.Interval is (double lowest, double highest) && double.IsFinite(lowest) && double.IsFinite(highest))
            {
                // Below a point, above a bar.
                content.Insert(arePoints ? content.Count - 1 : content.Count, Plot.Line(Place(lowest), middle, Place(highest), middle, "thin guide"));
            }

            content.Add(arePoints
                ? Words.At(Plot.Width, middle + 4, bar.Text, "end")
                : bar.Value < 0
                ? Words.At(Place(Ends(bar).Min()) - 5, middle + 4, bar.Text, "end")
                : Words.At(Place(Ends(bar).Max()) + 5, middle + 4, bar.Text));
        }

        content.Add(Words.At((left + right) / 2, bottom + 20, caption, "middle"));
        return (content, bottom + 28);

        double Place(double value) => left + ((value - low) / range * (right - left));
    }

    private static IEnumerable<double> Ends(Bar bar) =>
        new[] { bar.Value, bar.Interval?.Low ?? 0, bar.Interval?.High ?? 0 }.Select(static end => double.IsFinite(end) ? end : 0);
}
