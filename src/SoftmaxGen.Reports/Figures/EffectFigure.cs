using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>The partial effect of a member with categories, intervals or knots: what each of its values adds to the classes, all else being equal.</summary>
internal static class EffectFigure
{
    /// <summary>Draws the effects of a member.</summary>
    public static Figure Create(ModelWeights model, EncodedMember member) =>
        member.Kind == EncodedKind.Knots ? OfKnots(model, member) : OfLevels(model, member);

    private static string Title(EncodedMember member) => $"Effect of {member.Group.Name}";

    private static string Meaning(ModelShape shape) => shape.Classes == 2
        ? $"adds to the log odds of {shape.ClassName(1)} against {shape.ClassName(0)}, all else being equal"
        : "adds to the score of each class as compared with the mean over the classes, all else being equal";

    private static Figure OfLevels(ModelWeights model, EncodedMember member)
    {
        double[][] effects = [.. Enumerable.Range(member.Group.First, member.Group.Count).Select(model.Effects)];
        var table = Table.Of(
            [member.Group.Name, .. model.EffectNames], member.Levels.Zip(effects), static one => [one.First, .. one.Second.Select(Numbers.Text)]);

        // Intervals keep their order; of too many levels those are shown that add most.
        int[] order = [.. Enumerable.Range(0, effects.Length)];
        if (order.Length > Bars.Most)
        {
            order = [.. order.OrderByDescending(i => effects[i].Sum(static effect => effect * effect)).Take(Bars.Most)];
        }

        string text = $"What each value {Meaning(model.Shape)}."
            + (order.Length < effects.Length ? $" The picture has the {order.Length} values that add most of {effects.Length}." : "");
        return WeightsFigure.OfEffects(model, Title(member), text, member.Group.Name, i => member.Levels[i], effects, order, table);
    }

    private static Figure OfKnots(ModelWeights model, EncodedMember member)
    {
        double[][] slopes = [.. Enumerable.Range(member.Group.First, member.Knots.Count + 1).Select(model.Effects)];
        (double low, double high) = Range(model, member);
        double[] places = [low, .. member.Knots, high];
        double reference = KnowsMean(model, member) ? model.FeatureMoments!.Means[member.Group.First] : member.Knots[0];
        double[] atReference = Effect(reference);
        double[][] values = [.. places.Select(x => Effect(x).Zip(atReference, static (at, zero) => at - zero).ToArray())];
        int[] series = [.. Enumerable.Range(0, values[0].Length)];
        int[] colored = [.. series.OrderByDescending(j => values.Max(at => at[j]) - values.Min(at => at[j])).Take(Theme.Series).Order()];

        string y = model.Shape.Classes == 2 ? $"log odds of {model.Shape.ClassName(1)}" : "score";
        var plot = new Plot(Axis.Of(member.Group.Name, [low, high]), Axis.Of(Words.Fit(y, 200), values.SelectMany(static at => at)));
        plot.AddLine((low, 0), (high, 0), "thin axis");
        for (int i = 0; i < colored.Length; i++)
        {
            int j = colored[i];
            plot.AddCurve(places.Zip(values, (x, at) => (x, at[j])), $"s{i}", model.EffectNames[j]);
            if (series.Length > 1)
            {
                plot.AddLegend(model.EffectNames[j], $"s{i}");
            }
        }

        string text = $"What each value {Meaning(model.Shape)}; "
            + $"{Numbers.Text(reference)}{(KnowsMean(model, member) ? ", the mean of the training rows," : "")} adds 0."
            + (colored.Length < series.Length ? $" The picture has the {colored.Length} classes of {series.Length} that vary most." : "");
        string[][] missing =
        [
            .. member.Levels.Select((level, i) => (string[])
            [
                level, .. model.Effects(member.Group.First + slopes.Length + i).Zip(atReference, static (one, zero) => Numbers.Text(one - zero)),
            ]),
        ];
        return plot.ToFigure(Title(member), text, new Table(
            [member.Group.Name, .. model.EffectNames],
            [.. places.Zip(values, static (x, at) => (string[])[Numbers.Text(x), .. at.Select(Numbers.Text)]), .. missing]));

        double[] Effect(double x)
        {
            double[] effect = Array.ConvertAll(slopes[0], slope => slope * x);
            for (int knot = 0; knot < member.Knots.Count; knot++)
            {
                double beyond = Math.Max(0, x - member.Knots[knot]);
                effect = [.. effect.Zip(slopes[knot + 1], (sum, slope) => sum + (slope * beyond))];
            }

            return effect;
        }
    }

    // Where values may be missing, the mean of the column counts those as 0.
    private static bool KnowsMean(ModelWeights model, EncodedMember member) => model.FeatureMoments is not null && member.Levels.Count == 0;

    // Two deviations around the mean hold most rows; the knots are always inside.
    private static (double Low, double High) Range(ModelWeights model, EncodedMember member)
    {
        (double first, double last) = (member.Knots[0], member.Knots[^1]);
        double margin = last > first ? (last - first) / 2 : Math.Max(1, Math.Abs(first) / 2);
        (double low, double high) = (first - margin, last + margin);
        if (!KnowsMean(model, member))
        {
            return (low, high);
        }

        double mean = model.FeatureMoments!.Means[member.Group.First];
        double reach = 2 * model.FeatureMoments.Deviations[member.Group.First];
        double room = 0.02 * reach;
        return (Math.Min(mean - reach, first - room), Math.Max(mean + reach, last + room));
    }
}
