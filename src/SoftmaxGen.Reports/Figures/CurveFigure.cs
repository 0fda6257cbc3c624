using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>ROC and precision-recall curves, of one class or of each against all others.</summary>
internal static class CurveFigure
{
    private static readonly double[] _rates = [0.01, 0.05, 0.1, 0.2, 0.5];

    /// <summary>Draws ROC curves.</summary>
    public static Figure OfRoc(IReadOnlyList<string> names, IReadOnlyList<RocCurve> curves)
    {
        var plot = new Plot(Axis.Share("false positive rate"), Axis.Share("true positive rate"));
        plot.AddLine((0, 0), (1, 1), "thin guide dash");
        string shown = Draw(
            plot,
            names,
            [.. curves.Select(static curve => curve.AreaUnderCurve)],
            i => curves[i].Points.Select(static p => (p.FalsePositiveRate, p.TruePositiveRate)));
        string text = $"{Beginning(names)} the share of its rows that are found, against the share of all other rows that are taken for it, for every "
            + "threshold. The "
            + "nearer to the upper left corner, the better; the dashed line is what guessing gives. "
            + $"The {(curves.Count == 1 ? "area" : "mean area")} under the curve is "
            + $"{Numbers.Text(curves.Average(static curve => curve.AreaUnderCurve))}.{shown}";
        return plot.ToFigure("ROC curve" + Plural(curves.Count), text, Table.Of(
            ["class", "area", .. _rates.Select(static rate => $"found at {Numbers.Text(100 * rate)}\u00a0% false")],
            names.Zip(curves),
            static one => [one.First, Numbers.Text(one.Second.AreaUnderCurve), .. _rates.Select(rate => Numbers.Percent(Found(one.Second, rate)))]));
    }

    /// <summary>Draws precision-recall curves.</summary>
    public static Figure OfPrecisionRecall(IReadOnlyList<string> names, IReadOnlyList<PrecisionRecallCurve> curves)
    {
        var plot = new Plot(Axis.Share("recall"), Axis.Share("precision"));
        string shown = Draw(plot, names, [.. curves.Select(static curve => curve.AveragePrecision)], i => Steps(curves[i]));
        string text = $"{Beginning(names)} how many of the rows taken for it are of it (precision), against the share of its rows that are found "
            + "(recall), for every "
            + "threshold. The nearer to the upper right corner, the better. "
            + $"The {(curves.Count == 1 ? "average precision" : "mean of the average precisions")} is "
            + $"{Numbers.Text(curves.Average(static curve => curve.AveragePrecision))}.{shown}";
        double[] recalls = [0.5, 0.8, 0.9, 0.95, 0.99];
        return plot.ToFigure("Precision and recall", text, Table.Of(
            ["class", "average precision", "share of rows", .. recalls.Select(static recall => $"precision at recall {Numbers.Text(100 * recall)}\u00a0%")],
            names.Zip(curves),
            one =>
            [
                one.First, Numbers.Text(one.Second.AveragePrecision), Numbers.Percent(one.Second.Prevalence),
                .. recalls.Select(recall => Numbers.Percent(one.Second.Points.Where(point => point.Recall >= recall).Max(static point => point.Precision))),
            ]));
    }

    // Of more classes than there are colours, those that are told worst have one, and the others are grey.
    private static string Draw(Plot plot, IReadOnlyList<string> names, double[] merits, Func<int, IEnumerable<(double X, double Y)>> points)
    {
        int[] all = [.. Enumerable.Range(0, merits.Length)];
        int[] colored = [.. all.OrderBy(i => merits[i]).Take(Theme.Series).Order()];
        foreach (int i in all.Except(colored))
        {
            plot.AddCurve(points(i), "context", names[i]);
        }

        for (int series = 0; series < colored.Length; series++)
        {
            string name = names[colored[series]];
            plot.AddCurve(points(colored[series]), $"s{series}", name);
            if (merits.Length > 1)
            {
                plot.AddLegend(name, $"s{series}");
            }
        }

        return colored.Length < merits.Length ? $" The {colored.Length} classes that are told worst have a colour, the other "
            + $"{merits.Length - colored.Length} are grey." : "";
    }

    private static string Beginning(IReadOnlyList<string> names) => names.Count == 1 ? $"For {names[0]}:" : "For each class against all others:";

    private static string Plural(int count) => count == 1 ? "" : "s";

    // The largest share of rows found whose threshold takes no more of the others.
    private static double Found(RocCurve curve, double rate) =>
        curve.Points.Where(point => point.FalsePositiveRate <= rate).Max(static point => point.TruePositiveRate);

    // The area under the steps is the average precision.
    private static IEnumerable<(double X, double Y)> Steps(PrecisionRecallCurve curve)
    {
        double recall = 0;
        foreach (PrecisionRecallPoint point in curve.Points)
        {
            yield return (recall, point.Precision);
            yield return (point.Recall, point.Precision);
            recall = point.Recall;
        }
    }
}
