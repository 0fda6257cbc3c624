using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>Coefficients with their confidence intervals.</summary>
internal static class CoefficientFigure
{
    /// <summary>Draws the coefficients.</summary>
    /// <param name="inference">The inference.</param>
    /// <param name="moments">The moments of the features, by whose deviations coefficients are scaled; null: they are left as they are.</param>
    /// <exception cref="ArgumentException">The moments are those of another number of features.</exception>
    public static Figure Create(StatisticalInference inference, FeatureMoments? moments)
    {
        Coefficient[] slopes = [.. inference.Coefficients.Where(static one => one.Column > 0)];
        int features = slopes.Max(static one => one.Column);
        if (moments is not null && moments.Deviations.Length != features)
        {
            throw new ArgumentException($"There are moments of {moments.Deviations.Length} features; the inference has {features}.", nameof(moments));
        }

        Coefficient[] shown = slopes.Length <= Bars.Most
            ? slopes
            : [.. slopes.OrderByDescending(static one => Math.Abs(one.Z)).Take(Bars.Most)];
        bool areTwo = slopes.All(one => one.Label == slopes[0].Label);
        Bar[] bars = [.. shown.Select(ToBar)];
        string unit = moments is null ? "a unit" : "a standard deviation";
        (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, static _ => Theme.Positive, $"log odds for {unit} of the feature", arePoints: true);
        string text = $"By how much {unit} more of the feature raises the log odds of the class against the first class. The line through a point is its 95 % "
            + "interval: one that crosses 0 leaves open whether the feature matters."
            + (shown.Length < slopes.Length ? $" The picture has the {shown.Length} of {slopes.Length} coefficients that are surest to differ from 0." : "")
            + (inference.IsPenalized ? " The fit is penalised: the intervals tell how much coefficients vary, not how far the penalty has drawn them "
            + "to 0." : "");
        return new Figure("Coefficients with 95 % intervals", text, Plot.Width, height, content, ToTable(inference));

        Bar ToBar(Coefficient one)
        {
            double scale = moments is null ? 1 : moments.Deviations[one.Column - 1];
            ConfidenceInterval interval = one.Interval();
            return new Bar(areTwo ? one.FeatureName : $"{one.ClassName}: {one.FeatureName}", one.Estimate * scale)
            {
                Interval = (interval.Lower * scale, interval.Upper * scale),
            };
        }
    }

    private static Table ToTable(StatisticalInference inference) => Table.Of(
        ["class", "feature", "estimate", "standard error", "z", "p", "lower 95 %", "upper 95 %"],
        inference.Coefficients,
        static one =>
        [
            one.ClassName, one.FeatureName,
            Numbers.Digits(one.Estimate, 5), Numbers.Digits(one.StandardError, 5), Numbers.Text(one.Z), Numbers.Digits(one.PValue, 3),
            Numbers.Digits(one.Interval().Lower, 5), Numbers.Digits(one.Interval().Upper, 5),
        ]) with { TextColumns = 2 };
}
