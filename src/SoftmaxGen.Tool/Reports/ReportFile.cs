using SoftmaxGen.Compiler;
using SoftmaxGen.Reports;
using SoftmaxGen.Tool.Commands;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Reports;

/// <summary>The page that <c>--report</c> asks for.</summary>
internal static class ReportFile
{
    /// <summary>Writes the page of a training.</summary>
    /// <param name="path">The path of the page.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="plan">What was made of the table.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="evaluation">How the model does on the rows that it was trained on; null where the cross-validation tells of others.</param>
    /// <param name="worst">The rows it is most wrong about.</param>
    public static void Write(
        string path, TrainOptions options, TrainingPlan plan, TrainingOutcome outcome, Evaluation? evaluation, IReadOnlyList<WorstRow> worst)
    {
        CompiledTraining training = outcome.Training;
        Save(path, Of(training.Model, evaluation, worst) with
        {
            Title = $"{plan.Declaration.LabelColumn}, learned from {Path.GetFileName(options.Data)}",
            Subtitle = $"{Listing.Count(outcome.Rows, "row")}. {string.Join(' ', plan.Warnings)}",
            EvaluatedOn = evaluation is null ? "rows that models of the folds were not trained on" : "the rows that the model was trained on",
            Oddities =
                [.. plan.Decisions.Where(static one => one.Feature is null).Select(static one => new DataOddity(one.Name, $"It is left out: {one.Reason}."))],
            Training = new TrainingTrace
            {
                History = training.History,
                BestIteration = training.History.MinBy(static entry => entry.Objective).Iteration,
                Solver = training.Solver,
                StopReason = training.StopReason,
            },
            Path = outcome.Path,
            CrossValidation = outcome.Validation,
        });
    }

    /// <summary>Writes the page of an evaluation.</summary>
    public static void Write(string path, ICompiledModel model, string data, Evaluation evaluation, IReadOnlyList<WorstRow> worst)
    {
        string file = Path.GetFileName(data);
        Save(path, Of(model, evaluation, worst) with { Title = $"A model on {file}", EvaluatedOn = $"the rows of {file}" });
    }

    private static ModelReport Of(ICompiledModel model, Evaluation? evaluation, IReadOnlyList<WorstRow> worst) => new()
    {
        Evaluation = evaluation,
        Model = new ModelWeights(model.Shape, model.CopyWeights(), model.FeatureMoments),
        WorstRows = worst,
    };

    private static void Save(string path, ModelReport report) => ToolException.WhileWriting(path, () => report.Save(path));
}
