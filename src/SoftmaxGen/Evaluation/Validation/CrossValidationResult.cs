using System.Globalization;
using System.Text;

namespace SoftmaxGen;

/// <summary>What a cross-validation found. Immutable and thread-safe.</summary>
public sealed class CrossValidationResult
{
    internal CrossValidationResult(FoldResult[] folds)
    {
        Folds = Array.AsReadOnly(folds);
        LogLoss = Over(evaluation => evaluation.LogLoss);
        Accuracy = Over(evaluation => evaluation.Accuracy);
        Brier = Over(evaluation => evaluation.Brier);
        MacroF1 = Over(evaluation => evaluation.ConfusionMatrix.Macro.F1);

        FoldStatistic Over(Func<Evaluation, double> metric) => new([.. folds.Select(fold => metric(fold.Evaluation))]);
    }

    /// <summary>Gets the folds, each with the evaluation of its rows.</summary>
    public IReadOnlyList<FoldResult> Folds { get; }

    /// <summary>Gets the <see cref="Evaluation.LogLoss"/> over the folds.</summary>
    public FoldStatistic LogLoss { get; }

    /// <summary>Gets the <see cref="Evaluation.Accuracy"/> over the folds.</summary>
    public FoldStatistic Accuracy { get; }

    /// <summary>Gets the <see cref="Evaluation.Brier"/> score over the folds.</summary>
    public FoldStatistic Brier { get; }

    /// <summary>Gets the F1 of <see cref="ConfusionMatrix.Macro"/> over the folds.</summary>
    public FoldStatistic MacroF1 { get; }

    /// <summary>Writes a report for people to read, in the invariant culture.</summary>
    /// <returns>The report, lines ended by <c>\n</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Folds.Count} folds: log loss {LogLoss}, accuracy {Accuracy}, Brier {Brier}, macro F1 {MacroF1}\n");
        for (int fold = 0; fold < Folds.Count; fold++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {fold + 1}: {Folds[fold]}\n");
        }

        return text.ToString();
    }
}
