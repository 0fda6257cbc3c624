using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>The log loss of a cross-validation against the strength of the penalty.</summary>
internal static class PathFigure
{
    /// <summary>Draws the path.</summary>
    public static Figure Create(L2PathResult path)
    {
        // No penalty has no place on a logarithmic axis: its own is a power of ten left of the weakest one.
        double[] strengths = [.. path.Points.Select(static point => point.L2).Where(static l2 => l2 > 0)];
        (double low, double high) = strengths.Length == 0 ? (0.1, 1) : (strengths.Min(), strengths.Max());
        bool hasNone = strengths.Length < path.Points.Count;
        double none = low / 10;
        var loss = Axis.Of("log loss on the folds", path.Points.SelectMany(static point => Ends(point)));
        var plot = new Plot(Axis.Logarithmic("strength of the penalty (L2)", hasNone ? none : low, high, hasNone ? none : null), loss);
        L2PathPoint[] ascending = [.. path.Points.OrderBy(static point => point.L2)];
        plot.AddCurve(ascending.Select(point => (Place(point), point.CrossValidation.LogLoss.Mean)), "s0", "mean log loss");
        foreach (L2PathPoint point in ascending.Where(static point => Ends(point).All(double.IsFinite)))
        {
            double[] ends = [.. Ends(point)];
            plot.AddLine((Place(point), ends[0]), (Place(point), ends[1]), "thin guide");
        }

        foreach (L2PathPoint point in ascending.Where(static point => double.IsFinite(point.CrossValidation.LogLoss.Mean)))
        {
            string style = point == path.Best ? "f3" : point == path.OneStandardError ? "f7" : "f0";
            plot.AddPoint(Place(point), point.CrossValidation.LogLoss.Mean, style == "f0" ? 3.5 : 6, style, point.ToString());
        }

        plot.AddLegend("lowest", "s3");
        if (path.OneStandardError != path.Best)
        {
            plot.AddLegend("strongest within one standard error", "s7");
        }

        string text = $"Each point is a cross-validation, its line one standard error up and down. The lowest loss, "
            + $"{Numbers.Text(path.Best.CrossValidation.LogLoss.Mean)}, "
            + $"has the penalty {Numbers.Text(path.Best.L2)}; the strongest penalty that the folds cannot tell from it is "
            + $"{Numbers.Text(path.OneStandardError.L2)}.";
        return plot.ToFigure("Choice of the penalty", text, ToTable(path));

        double Place(L2PathPoint point) => point.L2 > 0 ? point.L2 : none;
    }

    private static IEnumerable<double> Ends(L2PathPoint point)
    {
        FoldStatistic loss = point.CrossValidation.LogLoss;
        return [loss.Mean - loss.StandardError, loss.Mean + loss.StandardError];
    }

    private static Table ToTable(L2PathResult path) => Table.Of(
        ["L2", "log loss", "standard error", "accuracy", "standard error", "choice"],
        path.Points,
        point =>
        [
            Numbers.Text(point.L2), Numbers.Text(point.CrossValidation.LogLoss.Mean), Numbers.Text(point.CrossValidation.LogLoss.StandardError),
            Numbers.Percent(point.CrossValidation.Accuracy.Mean), Numbers.Percent(point.CrossValidation.Accuracy.StandardError),
            point == path.Best ? "lowest" : point == path.OneStandardError ? "within one standard error" : "",
        ]);
}
