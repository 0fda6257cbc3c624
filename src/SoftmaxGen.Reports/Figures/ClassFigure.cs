using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>How many rows each class has.</summary>
internal static class ClassFigure
{
    /// <summary>Draws the classes.</summary>
    /// <param name="classes">The classes; at least one.</param>
    /// <param name="of">Which rows they are.</param>
    public static Figure Create(IReadOnlyList<ClassShare> classes, string of)
    {
        double total = classes.Sum(static one => one.Weight);
        var table = Table.Of(
            ["class", "rows", "share"], classes, one => [one.Name, Numbers.Weight(one.Weight), total > 0 ? Numbers.Percent(one.Weight / total) : "no row"]);
        if (!(total > 0))
        {
            return Figure.Empty("Class balance", "There is no row.", table);
        }

        // The order of the classes, but where there are too many: then the largest.
        ClassShare[] shown = classes.Count <= Bars.Most ? [.. classes] : [.. classes.OrderByDescending(static one => one.Weight).Take(Bars.Most)];
        Bar[] bars = [.. shown.Select(one => new Bar(one.Name, one.Weight) { Text = $"{Numbers.Weight(one.Weight)} ({Numbers.Percent(one.Weight / total)})" })];
        (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, static _ => Theme.Positive, of);
        ClassShare largest = classes.MaxBy(static one => one.Weight)!;
        ClassShare smallest = classes.MinBy(static one => one.Weight)!;
        string text = (largest.Weight == smallest.Weight ? "All classes have the same number of rows. " : $"{largest.Name} has the most rows, "
            + $"{Numbers.Percent(largest.Weight / total)}; {smallest.Name} the fewest, "
            + $"{Numbers.Percent(smallest.Weight / total)}. ")
            + $"Whoever always says {largest.Name} is right on {Numbers.Percent(largest.Weight / total)}."
            + (shown.Length < classes.Count ? $" The picture has the {shown.Length} largest of {classes.Count} classes." : "");
        return new Figure("Class balance", text, Plot.Width, height, content, table);
    }
}
