using System.CommandLine;
using SoftmaxGen.Compiler;
using SoftmaxGen.Reports;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Reports;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>evaluate</c>: how a model does on rows whose labels are known.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var data = new Argument<string>("data") { Description = "The table, with the column of the label." };
        var report = new Option<string?>("--report") { Description = "A page of HTML to write, with pictures of how the model does.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var table = new TableOptions();
        var command = new Command("evaluate", "Measures a model on a table with labels.") { model, data, report, json };
        table.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(model)!;
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            using Table rows = Table.Open(parsed.GetValue(data)!, table.Read(parsed) with { Blanks = declaration.Blanks });
            using ICompiledTrainer trainer = ModelDocument.Load(path, declaration, out ICompiledModel compiled, cancellationToken);
            using ICompiledTrainingSet set = screen.During(
                $"Reading {rows.File}", activity => LabelledTable.Read(rows, declaration, trainer, activity), cancellationToken);
            Evaluation evaluation = compiled.Evaluate(set);
            Tell(screen, evaluation, parsed.GetValue(json), compiled.Shape);
            if (parsed.GetValue(report) is { } page)
            {
                using Table again = Table.Open(parsed.GetValue(data)!, table.Read(parsed) with { Blanks = declaration.Blanks });
                IReadOnlyList<WorstRow> worst = screen.During(
                    $"Writing {page}", activity => WorstRows.Find(again, declaration, compiled, activity), cancellationToken);
                ReportFile.Write(page, compiled, again.File, evaluation, worst);
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void Tell(Screen screen, Evaluation evaluation, bool asJson, ModelShape shape)
    {
        ClassTable classes = ClassTable.Of(shape, [evaluation.ConfusionMatrix]);
        if (asJson)
        {
            screen.WriteJson(json =>
            {
                json.WriteNumber("rows", evaluation.RowCount);
                json.WriteNumber("accuracy", evaluation.Accuracy);
                json.WriteNumber("logLoss", evaluation.LogLoss);
                json.WriteNumber("brier", evaluation.Brier);
                json.WriteNumber("calibrationError", evaluation.CalibrationError);
                classes.Write(json);
            });
            return;
        }

        screen.WriteLine(
            $"{Listing.Count(evaluation.RowCount, "row")}: accuracy {Numbers.Share(evaluation.Accuracy)}, log loss {Numbers.Share(evaluation.LogLoss)}, "
            + $"Brier {Numbers.Share(evaluation.Brier)}, calibration error {Numbers.Share(evaluation.CalibrationError)}");
        screen.WriteLine();
        classes.Write(screen);
        screen.WriteLine();
        int[] indices = [.. Enumerable.Range(0, shape.Classes)];
        screen.WriteTable(
            ["actual", .. indices.Select(index => $" {shape.ClassName(index)}")],
            indices.Select(actual => (string[])[shape.ClassName(actual), .. indices.Select(predicted => Numbers.Count(Rows(actual, predicted)))]));

        int Rows(int actual, int predicted) => evaluation.ConfusionMatrix[shape.Label(actual), shape.Label(predicted)];
    }
}
