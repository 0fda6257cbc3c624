using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>A confusion matrix: what is right in one colour, what is wrong in another, by the share of the class's rows.</summary>
internal static class ConfusionFigure
{
    // A wider matrix has its confusions in the table rather than all cells.
    private const int MostColumns = 20;

    /// <summary>Draws the matrix.</summary>
    public static Figure Create(ConfusionMatrix matrix)
    {
        IReadOnlyList<ClassMetrics> classes = matrix.PerClass;
        string[] names = [.. classes.Select(static one => one.Name)];
        (IReadOnlyList<Element> content, double width, double height) = Grid.Draw(names, names, Cell, "actual", "predicted");
        string text = $"Each row of the grid is an actual class, each column what the model said. {Numbers.Count(matrix.Correct)} of "
            + $"{Numbers.Count(matrix.RowCount)} rows lie on the diagonal, where the two agree.{Worst(matrix)}";
        return new Figure("Confusion matrix", text, width, height, content, names.Length <= MostColumns ? Full(matrix, names) : Confusions(matrix));

        GridCell? Cell(int row, int column)
        {
            double weight = matrix.Weight(classes[row].Label, classes[column].Label);
            return weight == 0
                ? null
                : new GridCell(
                    Numbers.Weight(weight),
                    0.12 + (0.88 * weight / classes[row].Weight),
                    row == column ? Theme.Positive : Theme.Negative,
                    $"actual {names[row]}, predicted {names[column]}: {Numbers.Weight(weight)} of {Numbers.Weight(classes[row].Weight)}");
        }
    }

    private static IEnumerable<(ClassMetrics Actual, ClassMetrics Predicted, double Weight)> Mistakes(ConfusionMatrix matrix) =>
        from actual in matrix.PerClass
        from predicted in matrix.PerClass
        let weight = matrix.Weight(actual.Label, predicted.Label)
        where weight > 0 && actual.Label != predicted.Label
        orderby weight descending
        select (actual, predicted, weight);

    private static string Worst(ConfusionMatrix matrix) => Mistakes(matrix).FirstOrDefault() is ({ } actual, { } predicted, var weight)
        ? $" Most often {actual.Name} was taken for {predicted.Name}: {Numbers.Weight(weight)} of {Numbers.Weight(actual.Weight)}."
        : "";

    private static Table Full(ConfusionMatrix matrix, string[] names) => Table.Of(
        ["actual", .. names.Select(static name => $"predicted {name}")],
        matrix.PerClass,
        actual => [actual.Name, .. matrix.PerClass.Select(predicted => Numbers.Weight(matrix.Weight(actual.Label, predicted.Label)))]);

    private static Table Confusions(ConfusionMatrix matrix) => new(
        ["actual", "predicted", "rows", "share of the class"],
        [
            .. matrix.PerClass.Select(one => Row(one, one, matrix.Weight(one.Label, one.Label))),
            .. Mistakes(matrix).Select(static one => Row(one.Actual, one.Predicted, one.Weight)),
        ])
    {
        TextColumns = 2,
    };

    private static string[] Row(ClassMetrics actual, ClassMetrics predicted, double weight) =>
        [actual.Name, predicted.Name, Numbers.Weight(weight), actual.Weight > 0 ? Numbers.Percent(weight / actual.Weight) : "no row"];
}
