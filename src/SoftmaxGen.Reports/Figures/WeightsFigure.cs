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
        var table = new Table(
            ["feature", .. model.EffectNames],
            [.. Enumerable.Range(0, shape.Features).Select(k => (string[])[shape.FeatureName(k), .. effects[k].Select(Numbers.Text)])]);
        if (shape.Classes == 2)
        {
            Bar[] bars = [.. order.Select(k => new Bar(shape.FeatureName(k), effects[k][0]))];
            (IReadOnlyList<Element> content, double height) = Bars.Draw(bars, Sign, $"log odds of {shape.ClassName(1)}");
            string text = $"By how much {unit} more of the feature raises the log odds of {shape.ClassName(1)} against {shape.ClassName(0)}.{shown}";
            return new Figure(title, text, Plot.Width, height, content, table);
        }

        double largest = effects.SelectMany(static row => row).Max(Math.Abs);
        string[] rows = [.. order.Select(shape.FeatureName)];
        (IReadOnlyList<Element> cells, double width, double gridHeight) = Grid.Draw(rows, model.EffectNames, Cell, "feature", "class");
        string explanation = $"By how much {unit} more of the feature raises the score of a class, as compared with the mean over the classes: blue "
            + "speaks for the "
            + $"class, red against it.{shown}";
        return new Figure(title, explanation, width, gridHeight, cells, table);

        GridCell? Cell(int row, int column)
        {
            double effect = effects[order[row]][column];
            return effect == 0 ? null : EffectCell(effect, largest, rows[row], model.EffectNames[column]);
        }
    }

    /// <summary>Makes the cell of what something adds to the score of a class.</summary>
    /// <param name="effect">What it adds.</param>
    /// <param name="largest">The largest magnitude of the picture.</param>
    /// <param name="row">The name of the feature or level.</param>
    /// <param name="column">The name of the class.</param>
    public static GridCell EffectCell(double effect, double largest, string row, string column) => new(
        Numbers.Digits(effect, 2),
        Math.Abs(effect) / largest,
        effect < 0 ? Theme.Negative : Theme.Positive,
        $"{row}, {column}: {Numbers.Text(effect)}");

    /// <summary>Gets the class of a bar's colour.</summary>
    public static string Sign(Bar bar) => bar.Value < 0 ? Theme.Negative : Theme.Positive;

    private static double[] Scaled(ModelWeights model, int feature)
    {
        double deviation = model.FeatureMoments is FeatureMoments moments ? moments.Deviations[feature] : 1;
        return Array.ConvertAll(model.Effects(feature), effect => effect * deviation);
    }
}
