using System.Text.Json;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary>What <c>train</c> tells: what was made of the columns, how well the model does, and where it is.</summary>
internal sealed class TrainingReport(TrainOptions options, TrainingPlan plan, TrainingOutcome outcome)
{
    private ModelShape Shape => outcome.Training.Model.Shape;

    /// <summary>Writes for people.</summary>
    public void Write(Screen screen)
    {
        string classes = Listing.Of([.. plan.Declaration.Shape.ClassNames]);
        screen.WriteLine($"{options.Data}: {Listing.Count(outcome.Rows, "row")}; {plan.Declaration.LabelColumn} is one of {classes}");
        screen.WriteLine();
        screen.WriteTable(["column", "is", "because"], plan.Decisions.Select(static decision => new[] { decision.Name, decision.Kind, decision.Reason }));
        screen.WriteLine();
        foreach (string warning in plan.Warnings)
        {
            screen.Note($"Note: {warning}");
        }

        string iterations = Listing.Count(outcome.Training.Iterations, "iteration");
        screen.WriteLine($"{outcome.Training.StopReason} after {iterations} with an L2 penalty of {Numbers.Short(outcome.L2)}.");
        if (outcome.Validation is { } validation)
        {
            string folds = Listing.Count(validation.Folds.Count, "fold");
            screen.WriteLine($"On rows it was not trained on, in {folds}: accuracy {Told(validation.Accuracy)}, log loss {Told(validation.LogLoss)}.");
            screen.WriteLine();
            ClassTable.Of(Shape, validation.Folds.Select(static fold => fold.Evaluation.ConfusionMatrix)).Write(screen);
        }

        screen.WriteLine();
        string code = options.Code is null ? "" : $", its code {options.Code}";
        string report = options.Report is null ? "" : $", the report {options.Report}";
        screen.WriteLine($"The model is {options.ModelPath}{code}{report}.");
        if (outcome.WasCutShort)
        {
            screen.Note(options.L2 is null
                ? "Canceled while the penalty was chosen: the model has the default one, and there is no cross-validation."
                : "Canceled during the cross-validation: there is a model, but nothing that says how good it is.");
        }

        if (outcome.Training.StopReason == StopReason.Canceled)
        {
            screen.Note("Canceled: the model is the best so far, and no optimum.");
        }
    }

    /// <summary>Writes for programs.</summary>
    /// <param name="json">The writer, inside an object.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("data", options.Data);
        json.WriteNumber("rows", outcome.Rows);
        json.WriteString("label", plan.Declaration.LabelColumn);
        json.WriteStartArray("columns");
        foreach (ColumnDecision decision in plan.Decisions)
        {
            json.WriteStartObject();
            json.WriteString("name", decision.Name);
            json.WriteString("is", decision.Kind);
            json.WriteString("because", decision.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        plan.Warnings.ToList().ForEach(json.WriteStringValue);
        json.WriteEndArray();
        json.WriteString("stopReason", outcome.Training.StopReason.ToString());
        json.WriteNumber("iterations", outcome.Training.Iterations);
        json.WriteNumber("l2", outcome.L2);
        json.WriteNumber("loss", outcome.Training.Loss);
        if (outcome.Validation is { } validation)
        {
            json.WriteStartObject("crossValidation");
            json.WriteNumber("folds", validation.Folds.Count);
            Write(json, "accuracy", validation.Accuracy);
            Write(json, "logLoss", validation.LogLoss);
            Write(json, "brier", validation.Brier);
            Write(json, "macroF1", validation.MacroF1);
            ClassTable.Of(Shape, validation.Folds.Select(static fold => fold.Evaluation.ConfusionMatrix)).Write(json);
            json.WriteEndObject();
        }

        json.WriteString("model", options.ModelPath);
        if (options.Code is { } code)
        {
            json.WriteString("code", code);
        }

        if (options.Report is { } report)
        {
            json.WriteString("report", report);
        }
    }

    private static string Told(FoldStatistic statistic) => $"{Numbers.Share(statistic.Mean)} ± {Numbers.Share(statistic.StandardError)}";

    private static void Write(Utf8JsonWriter json, string name, FoldStatistic statistic)
    {
        json.WriteStartObject(name);
        json.WriteNumber("mean", statistic.Mean);
        json.WriteNumber("standardError", statistic.StandardError);
        json.WriteEndObject();
    }
}
