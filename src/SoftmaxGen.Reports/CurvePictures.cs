using SoftmaxGen.Reports.Figures;

namespace SoftmaxGen.Reports;

/// <summary>Pictures of ROC and precision-recall curves, as the text of SVG files. Thread-safe.</summary>
public static class CurvePictures
{
    /// <summary>Draws a ROC curve.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="name">What the positive rows are called.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="curve"/> is null.</exception>
    public static string ToSvg(this RocCurve curve, string name = "positive")
    {
        ArgumentNullException.ThrowIfNull(curve);
        return CurveFigure.OfRoc([name], [curve]).ToSvg();
    }

    /// <summary>Draws a precision-recall curve.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="name">What the positive rows are called.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="curve"/> is null.</exception>
    public static string ToSvg(this PrecisionRecallCurve curve, string name = "positive")
    {
        ArgumentNullException.ThrowIfNull(curve);
        return CurveFigure.OfPrecisionRecall([name], [curve]).ToSvg();
    }

    /// <summary>Draws the ROC curve of each class against all others; of two classes that of the second alone.</summary>
    /// <param name="curves">The curves.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="curves"/> is null.</exception>
    public static string ToSvgRoc(this OneVersusRest curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return CurveFigure.OfRoc(Distinct(curves.ClassNames), Distinct(curves.Roc)).ToSvg();
    }

    /// <summary>Draws the precision-recall curve of each class against all others; of two classes that of the second alone.</summary>
    /// <param name="curves">The curves.</param>
    /// <returns>The SVG.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="curves"/> is null.</exception>
    public static string ToSvgPrecisionRecall(this OneVersusRest curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return CurveFigure.OfPrecisionRecall(Distinct(curves.ClassNames), Distinct(curves.PrecisionRecall)).ToSvg();
    }

    /// <summary>Leaves the first of two out: its ROC curve is that of the second seen from the other corner.</summary>
    /// <typeparam name="TItem">The type of what there is one of for each class.</typeparam>
    /// <param name="items">One for each class.</param>
    /// <returns>Those to draw.</returns>
    internal static IReadOnlyList<TItem> Distinct<TItem>(IReadOnlyList<TItem> items) => items.Count == 2 ? [items[1]] : items;
}
