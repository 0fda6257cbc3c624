using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Page;

/// <summary>The tables of a report that have no picture.</summary>
internal static class Metrics
{
    /// <summary>Lists precision, recall and F1 of each class and their means.</summary>
    public static Table OfClasses(ConfusionMatrix matrix) => new(
        ["class", "precision", "recall", "F1", "rows"],
        [
            .. matrix.PerClass.Select(static one => Row(one.Name, one.Precision, one.Recall, one.F1, one.Weight)),
            Row("macro mean", matrix.Macro.Precision, matrix.Macro.Recall, matrix.Macro.F1, matrix.TotalWeight),
            Row("weighted mean", matrix.Weighted.Precision, matrix.Weighted.Recall, matrix.Weighted.F1, matrix.TotalWeight),
        ]);

    /// <summary>Lists the metrics of a cross-validation.</summary>
    public static Table OfFolds(CrossValidationResult validation) => new(
        ["metric", "mean", "standard error", .. validation.Folds.Select(static (_, i) => $"fold {Numbers.Count(i + 1)}")],
        [
            Row("log loss", validation.LogLoss, Numbers.Text, static one => one.LogLoss, validation),
            Row("accuracy", validation.Accuracy, Numbers.Percent, static one => one.Accuracy, validation),
            Row("Brier", validation.Brier, Numbers.Text, static one => one.Brier, validation),
            Row("macro F1", validation.MacroF1, Numbers.Text, static one => one.ConfusionMatrix.Macro.F1, validation),
        ]);

    /// <summary>Lists rows that a model was wrong about.</summary>
    public static Table OfRows(IReadOnlyList<WorstRow> rows)
    {
        string[] content = rows.Any(static row => row.Content.Length > 0) ? ["what is in it"] : [];
        return Table.Of(
            ["row", "actual", "its probability", "predicted", "its probability", .. content],
            rows,
            row =>
            [
                row.Name, row.Actual, Numbers.Percent(row.ActualProbability), row.Predicted, Numbers.Percent(row.PredictedProbability),
                .. content.Select(_ => row.Content),
            ]) with { TextColumns = int.MaxValue };
    }

    private static string[] Row(string name, double precision, double recall, double f1, double weight) =>
        [name, Numbers.Percent(precision), Numbers.Percent(recall), Numbers.Percent(f1), Numbers.Weight(weight)];

    private static string[] Row(
        string name, FoldStatistic statistic, Func<double, string> format, Func<Evaluation, double> metric, CrossValidationResult validation) =>
        [name, format(statistic.Mean), format(statistic.StandardError), .. validation.Folds.Select(fold => format(metric(fold.Evaluation)))];
}
