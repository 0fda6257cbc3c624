using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>How much worse a model does without a feature.</summary>
internal static class ImportanceFigure
{
    private const string Title = "What the model relies on";

    /// <summary>Draws the importances.</summary>
    /// <param name="importances">The importances, in any order.</param>
    public static Figure Create(IEnumerable<PermutationImportance> importances)
    {
        PermutationImportance[] descending = [.. importances.OrderByDescending(static one => one.LogLossIncrease)];
        var table = Table.Of(
            ["feature", "log loss increase", "deviation", "accuracy drop", "deviation"],
            descending,
            static one =>
            [
                one.Name, Numbers.Text(one.LogLossIncrease), Numbers.Text(one.LogLossDeviation), Numbers.Percent(one.AccuracyDrop),
                Numbers.Percent(one.AccuracyDeviation),
            ]);
        if (descending.Length == 0)
        {
            return Figure.Empty(Title, "No feature was shuffled.", table);
        }

        Bar[] bars =
        [
            .. descending.Take(Bars.Most).Select(static one => new Bar(one.Name, one.LogLossIncrease)
            {
                Interval = one.LogLossDeviation > 0 ? (one.LogLossIncrease - one.LogLossDeviation, one.LogLossIncrease + one.LogLossDeviation) : null,
            }),
        ];
        (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, WeightsFigure.Sign, "increase of the log loss");
        string text = "By how much the log loss rises when the values of a feature are shuffled among the rows; the line is one standard deviation "
            + "between shuffles. "
            + "Features that go together stand in for one another, so that each seems to matter less than they do together."
            + (bars.Length < descending.Length ? $" The picture has the {bars.Length} that matter most of {descending.Length}." : "");
        return new Figure(Title, text, Plot.Width, height, content, table);
    }
}
