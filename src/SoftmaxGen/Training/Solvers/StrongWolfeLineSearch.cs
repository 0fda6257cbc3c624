namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Finds a step that satisfies the <see cref="WolfeConditions"/>: brackets one and zooms in by interpolation (Nocedal and Wright,
/// <i>Numerical Optimization</i>, 2nd edition, algorithms 3.5 and 3.6). The first step tried is 1.
/// </summary>
internal static class StrongWolfeLineSearch
{
    /// <summary>More would be hopeless: a trial moves a bracket's end by a factor of up to 10, so that these span 30 orders of magnitude.</summary>
    private const int MaxEvaluations = 30;

    /// <summary>Searches along a line.</summary>
    /// <param name="line">The function.</param>
    /// <param name="curvature">The share of the first slope that may be left.</param>
    /// <returns>The point found, which is the last one evaluated; null when the function does not descend at 0 or no step was found.</returns>
    public static LinePoint? Find(ILineFunction line, double curvature = WolfeConditions.LooseCurvature)
    {
        LinePoint previous = line.Origin;
        if (!(previous.Slope < 0))
        {
            return null;
        }

        var wolfe = new WolfeConditions(previous, line.Noise, curvature);
        double step = 1;
        for (int evaluations = 1; evaluations <= MaxEvaluations; evaluations++)
        {
            LinePoint current = line.At(step);
            if (!wolfe.Decreases(current) || IsHigher(current, previous, wolfe))
            {
                return Zoom(line, wolfe, previous, current, evaluations);
            }

            if (wolfe.Flattens(current))
            {
                return current;
            }

            if (current.Slope >= 0)
            {
                return Zoom(line, wolfe, current, previous, evaluations);
            }

            step = Within(2 * current.Step, 10 * current.Step, Minimizer(previous, current, wolfe));
            previous = current;
        }

        return null;
    }

    /// <summary>Shrinks an interval that holds steps which satisfy the conditions (algorithm 3.6).</summary>
    /// <param name="line">The function.</param>
    /// <param name="wolfe">The conditions.</param>
    /// <param name="low">The end with the lower value, sufficiently decreased; its slope points into the interval.</param>
    /// <param name="high">The other end; to the left or to the right.</param>
    /// <param name="evaluations">The evaluations used so far.</param>
    /// <returns>The point found, or null.</returns>
    private static LinePoint? Zoom(ILineFunction line, WolfeConditions wolfe, LinePoint low, LinePoint high, int evaluations)
    {
        while (evaluations++ < MaxEvaluations)
        {
            double margin = 0.1 * (high.Step - low.Step);
            LinePoint middle = line.At(Within(low.Step + margin, high.Step - margin, Minimizer(low, high, wolfe)));
            if (!wolfe.Decreases(middle) || IsHigher(middle, low, wolfe))
            {
                high = middle;
                continue;
            }

            if (wolfe.Flattens(middle))
            {
                return middle;
            }

            if (middle.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }

            low = middle;
        }

        return null;
    }

    private static bool IsHigher(LinePoint point, LinePoint than, WolfeConditions wolfe) =>
        !(point.Value < than.Value) && !wolfe.AreAlike(point, than);

    /// <summary>
    /// Estimates the minimizer from two points: that of the cubic through both values and slopes ((3.59)); where the values tell
    /// nothing but rounding, that of the parabola through both slopes.
    /// </summary>
    /// <param name="a">A point.</param>
    /// <param name="b">Another point.</param>
    /// <param name="wolfe">The conditions, which know what rounding is.</param>
    /// <returns>The estimate; NaN or infinite when there is none.</returns>
    private static double Minimizer(LinePoint a, LinePoint b, WolfeConditions wolfe)
    {
        double width = b.Step - a.Step;
        if (wolfe.AreAlike(a, b))
        {
            return b.Step - (width * b.Slope / (b.Slope - a.Slope));
        }

        double d1 = a.Slope + b.Slope - (3 * (b.Value - a.Value) / width);
        double d2 = Math.CopySign(Math.Sqrt((d1 * d1) - (a.Slope * b.Slope)), width);
        return b.Step - (width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
    }

    /// <summary>Keeps an estimate within an interval; the middle of the interval stands in for an estimate that is not a number.</summary>
    /// <param name="end">An end of the interval.</param>
    /// <param name="otherEnd">The other end, on either side.</param>
    /// <param name="estimate">The estimate.</param>
    /// <returns>A number in the interval.</returns>
    private static double Within(double end, double otherEnd, double estimate) =>
        double.IsNaN(estimate)
            ? (end + otherEnd) / 2
            : Math.Clamp(estimate, Math.Min(end, otherEnd), Math.Max(end, otherEnd));
}
