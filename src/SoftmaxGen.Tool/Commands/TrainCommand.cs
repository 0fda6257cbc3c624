using System.CommandLine;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>train</c>: from a table to a model file and its C# source. <see cref="TrainRun"/> does the work.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var data = new Argument<string>("data") { Description = "The table: a file of separated values with a header." };
        var label = new Option<string?>("--label") { Description = "The column to predict." };
        var columns = new Option<string[]>("--column")
        {
            Description = "What a column is: NAME=number, flag, categories(a,b), buckets(18,25), knots(10,20), hashed(64). A ? behind the kind allows blanks.",
            HelpName = "NAME=KIND",
        };
        var ignored = new Option<string[]>("--ignore") { Description = "A column to leave out.", HelpName = "NAME" };
        var blanks = new Option<string[]>("--blank") { Description = "A word that stands for a blank, besides NA, ?, - and their like.", HelpName = "WORD" };
        var l2 = new Option<double?>("--l2") { Description = "The strength of the penalty. Chosen by cross-validation where it is not given." };
        var folds = new Option<int>("--folds") { Description = "The folds of the cross-validation.", DefaultValueFactory = static _ => 5 };
        var seed = new Option<int>("--seed") { Description = "What the folds depend on." };
        var output = new Option<string?>("--out")
        {
            Description = "The model file. By default NAME.softmax.json in this folder, by the name of the data.",
            HelpName = "FILE",
        };
        var code = new Option<string?>("--code") { Description = "A C# file to write: an enum, a record and the model class.", HelpName = "FILE" };
        var report =
            new Option<string?>("--report") { Description = "A page of HTML to write, with pictures of the model and of how it does.", HelpName = "FILE" };
        var space = new Option<string>("--namespace") { Description = "The namespace of the C# file.", DefaultValueFactory = static _ => "Models" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var table = new TableOptions();
        var command = new Command(
            "train", "Trains a model on a table.") { data, label, columns, ignored, blanks, l2, folds, seed, output, code, space, report, json };
        table.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            TableFormat format = table.Read(parsed);
            var options = new TrainOptions
            {
                Data = parsed.GetValue(data)!,
                Label = parsed.GetValue(label),
                Columns = [.. (parsed.GetValue(columns) ?? []).Select(ColumnOverride.Parse)],
                Ignored = parsed.GetValue(ignored) ?? [],
                L2 = parsed.GetValue(l2),
                Folds = parsed.GetValue(folds),
                Seed = parsed.GetValue(seed),
                Out = parsed.GetValue(output),
                Code = parsed.GetValue(code),
                Namespace = parsed.GetValue(space)!,
                Report = parsed.GetValue(report),
                Json = parsed.GetValue(json),
                Format = format with { Blanks = [.. format.Blanks, .. parsed.GetValue(blanks) ?? []] },
            };
            return Task.FromResult(new TrainRun(options, screen, cancellationToken).Run());
        });
        return command;
    }
}
