using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Page;

/// <summary>What a reader who stops after ten seconds should know.</summary>
internal static class Summary
{
    /// <summary>Writes the summary of a report.</summary>
    /// <param name="measured">How the model did.</param>
    /// <param name="curves">Its curves; null where there are none.</param>
    public static Element Create(Measured measured, OneVersusRest? curves)
    {
        ConfusionMatrix matrix = measured.Matrix;
        ClassMetrics largest = matrix.PerClass.MaxBy(static one => one.Weight)!;
        string text = $"On {measured.On}, the model is right {Numbers.Percent(matrix.Accuracy)} of the time. "
            + $"Whoever always says {largest.Name} is right on {Numbers.Percent(largest.Weight / matrix.TotalWeight)}.";
        return new Element("div").With("class", "summary").Add(
            new Element("p").With("class", "lead").Text(text),
            new Element("dl").Add(
                Tile("accuracy", Numbers.Percent(matrix.Accuracy), "share of rows that are right"),
                Tile("log loss", Numbers.Text(measured.LogLoss), "0 is best; what a probability costs"),
                Tile("macro F1", Numbers.Percent(matrix.Macro.F1), "all classes count alike"),
                curves is null ? null : Tile("ROC area", Numbers.Text(curves.MacroAreaUnderCurve), "0.5 is guessing, 1 is best"),
                Tile("calibration error", Numbers.Percent(measured.CalibrationError), "probabilities are off by so much"),
                Tile("rows", Numbers.Count(matrix.RowCount), "that were evaluated")));
    }

    /// <summary>Says how a training ended.</summary>
    /// <returns>A sentence.</returns>
    public static string Ending(TrainingTrace trace) => trace.StopReason switch
    {
        StopReason.Converged => $"{trace.Solver} found the optimum.",
        StopReason.MaxIterations => $"{trace.Solver} ended at the most iterations it may make: the model is not the optimum.",
        StopReason.NoProgress => $"{trace.Solver} made no progress any more: the arithmetic has no more digits.",
        StopReason.Separable => $"{trace.Solver} found classes that can be separated without an error: without a penalty there is no optimum.",
        StopReason.Canceled => $"{trace.Solver} was canceled: the model is the best so far.",
        StopReason.EarlyStopped => $"{trace.Solver} was stopped when the loss on the validation rows had stopped falling.",
        StopReason.Diverged => $"{trace.Solver} diverged: the learning rate is too large. The model is the best so far.",
        _ => $"{trace.Solver} ended: {trace.StopReason}.",
    };

    private static Element Tile(string name, string value, string hint) => new Element("div").Add(
        new Element("dt").Text(name),
        new Element("dd").With("class", "value").Text(value),
        new Element("dd").With("class", "hint").Text(hint));
}
