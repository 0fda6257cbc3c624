using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>The weights of the features for the classes.</summary>
internal static class WeightsFigure
{
    /// <summary>Draws the weights.</summary>
    public static Figure Create(ModelWeights model)
    {
        ModelShape shape = model.Shape;
        bool isStandardized = model.FeatureMoments is not null;
        double[][] effects = [.. Enumerable.Range(0, shape.Features).Select(k => Scaled(model, k))];
        int[] order = [.. Enumerable.Range(0, shape.Features).OrderByDescending(k => effects[k].Sum(static effect => effect * effect)).Take(Bars.Most)];
        string unit = isStandardized ? "a standard deviation" : "a unit";
        string shown = order.Length < shape.Features ? $" The picture has the {order.Length} features with the largest weights of {shape.Features}." : "";
        string title = isStandardized ? "Weights, in standard deviations" : "Weights";
        var table = Table.Of(
            ["feature", .. model.EffectNames], Enumerable.Range(0, shape.Features), k => [shape.FeatureName(k), .. effects[k].Select(Numbers.Text)]);
        string text = shape.Classes == 2
            ? $"By how much {unit} more of the feature raises the log odds of {shape.ClassName(1)} against {shape.ClassName(0)}.{shown}"
            : $"By how much {unit} more of the feature raises the score of a class, as compared with the mean over the classes: blue speaks for the "
                + $"class, red against it.{shown}";
        return OfEffects(model, title, text, "feature", shape.FeatureName, effects, order, table);
    }

    /// <summary>Draws what something adds to the classes: of two classes as bars, of more as a grid.</summary>
    /// <param name="model">The model.</param>
    /// <param name="title">The title.</param>
    /// <param name="text">What there is to see.</param>
    /// <param name="what">What there are effects of.</param>
    /// <param name="name">Names one of them by its index.</param>
    /// <param name="effects">The effects of all.</param>
    /// <param name="shown">The indices of those that are drawn, in their order.</param>
    /// <param name="table">The numbers.</param>
    public static Figure OfEffects(
        ModelWeights model, string title, string text, string what, Func<int, string> name, double[][] effects, int[] shown, Table table)
    {
        string[] rows = [.. shown.Select(name)];
        if (model.Shape.Classes == 2)
        {
            Bar[] bars = [.. shown.Zip(rows, (i, row) => new Bar(row, effects[i][0]))];
            (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, Sign, $"log odds of {model.Shape.ClassName(1)}");
            return new Figure(title, text, Plot.Width, height, content, table);
        }

        double largest = effects.SelectMany(static row => row).Max(Math.Abs);
        (IReadOnlyList<Element> cells, double width, double gridHeight) = Grid.Draw(rows, model.EffectNames, Cell, what, "class");
        return new Figure(title, text, width, gridHeight, cells, table);

        GridCell? Cell(int row, int column)
        {
            double effect = effects[shown[row]][column];
            return effect == 0
                ? null
                : new GridCell(
                    Numbers.Digits(effect, 2),
                    Math.Abs(effect) / largest,
                    effect < 0 ? Theme.Negative : Theme.Positive,
                    $"{rows[row]}, {model.EffectNames[column]}: {Numbers.Text(effect)}");
        }
    }

    /// <summary>Gets the class of a bar's colour.</summary>
    public static string Sign(Bar bar) => bar.Value < 0 ? Theme.Negative : Theme.Positive;

    private static double[] Scaled(ModelWeights model, int feature)
    {
        double deviation = model.FeatureMoments is FeatureMoments moments ? moments.Deviations[feature] : 1;
        return Array.ConvertAll(model.Effects(feature), effect => effect * deviation);
    }
}
