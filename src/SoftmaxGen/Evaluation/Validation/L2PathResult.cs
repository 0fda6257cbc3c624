using System.Text;

namespace SoftmaxGen;

/// <summary>The strengths of the penalty that were tried, and which of them to take. Immutable and thread-safe.</summary>
public sealed class L2PathResult
{
    /// <summary>Initializes a new instance of the <see cref="L2PathResult"/> class.</summary>
    /// <param name="points">The points, the strongest penalty first; at least one.</param>
    internal L2PathResult(L2PathPoint[] points)
    {
        Points = Array.AsReadOnly(points);

        // MinBy and First take the first of equals: the stronger penalty.
        Best = Points.MinBy(point => point.CrossValidation.LogLoss.Mean)!;
        FoldStatistic least = Best.CrossValidation.LogLoss;
        OneStandardError = Points.First(point => point.CrossValidation.LogLoss.Mean <= least.Mean + least.StandardError);
    }

    /// <summary>Gets the strengths that were tried, the strongest first.</summary>
    public IReadOnlyList<L2PathPoint> Points { get; }

    /// <summary>Gets the point with the lowest mean log loss; of equals the strongest.</summary>
    public L2PathPoint Best { get; }

    /// <summary>
    /// Gets the strongest penalty whose mean log loss is within one standard error of the lowest: the simplest model that the folds cannot tell from the
    /// best (Breiman, Friedman, Olshen and Stone, <i>Classification and Regression Trees</i>, 1984, section 3.4.3).
    /// </summary>
    public L2PathPoint OneStandardError { get; }

    /// <summary>Writes a line for each strength, in the invariant culture; the two choices are marked.</summary>
    /// <returns>The report, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (L2PathPoint point in Points)
        {
            text.Append(point);
            text.Append(point == Best ? "  <- best" : "");
            text.Append(point == OneStandardError ? "  <- within one standard error" : "").Append('\n');
        }

        return text.ToString();
    }
}
