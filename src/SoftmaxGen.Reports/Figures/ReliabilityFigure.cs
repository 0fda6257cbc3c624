using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>A reliability diagram: how often the model is right where it is so sure.</summary>
internal static class ReliabilityFigure
{
    private const string Title = "Reliability";
    private const double LargestRadius = 14;
    private const double SmallestRadius = 3;

    /// <summary>Draws the diagram.</summary>
    /// <param name="calibration">The bins; one has rows at least.</param>
    public static Figure Create(IEnumerable<CalibrationBin> calibration)
    {
        CalibrationBin[] bins = [.. calibration.Where(static bin => bin.Weight > 0)];
        double error = bins.Sum(static bin => bin.Weight * Math.Abs(bin.Accuracy - bin.Confidence)) / bins.Sum(static bin => bin.Weight);
        double largest = bins.Max(static bin => bin.Weight);
        var plot = new Plot(Axis.Share("probability the model gave its answer"), Axis.Share("share it was right on"));
        plot.AddLine((0, 0), (1, 1), "thin guide dash");
        foreach (CalibrationBin bin in bins)
        {
            plot.AddLine((bin.Confidence, bin.Confidence), (bin.Confidence, bin.Accuracy), "thin guide");
        }

        foreach (CalibrationBin bin in bins)
        {
            double radius = Math.Max(SmallestRadius, LargestRadius * Math.Sqrt(bin.Weight / largest));
            plot.AddPoint(bin.Confidence, bin.Accuracy, radius, Theme.Positive, Sentence(bin));
        }

        plot.AddLegend("as sure as it should be", "guide dash");
        string text = "Each circle is a group of rows; the larger, the more rows. On the dashed line the model is right as often as it says. Below the "
            + "line it is "
            + $"too sure, above it too modest. The mean distance from the line, weighted by rows, is {Numbers.Percent(error)}.";
        return plot.ToFigure(Title, text, Table.Of(
            ["probability", "rows", "mean probability", "share right"],
            bins,
            static bin => [$"up to {Numbers.Percent(bin.Upper)}", Numbers.Weight(bin.Weight), Numbers.Percent(bin.Confidence), Numbers.Percent(bin.Accuracy)]));
    }

    private static string Sentence(CalibrationBin bin) =>
        $"{Numbers.Weight(bin.Weight)} rows: {Numbers.Percent(bin.Confidence)} sure, {Numbers.Percent(bin.Accuracy)} right";
}
