using System.CommandLine;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary><c>predict</c>: a class for every row of a table, however long it is.</summary>
internal static class PredictCommand
{
    private const int CancellationRows = 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create(Screen screen)
    {
        var model = new Argument<string>("model") { Description = "The model file." };
        var data = new Argument<string>("data") { Description = "The table; - for what is piped in. Columns are found by their names." };
        var probabilities = new Option<bool>("--probabilities") { Description = "Write the probability of every class, with all digits." };
        var keepGoing = new Option<bool>("--keep-going") { Description = "Leave rows that cannot be read without a prediction, and tell how many there were." };
        var output = new Option<string?>("--out") { Description = "The file to write; by default the standard output.", HelpName = "FILE" };
        var table = new TableOptions();
        var command = new Command("predict", "Predicts the class of every row of a table.") { model, data, probabilities, keepGoing, output };
        table.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(model)!;
            TableDeclaration declaration = ModelDocument.ReadDeclaration(path);
            using Table rows = Table.Open(parsed.GetValue(data)!, table.Read(parsed) with { Blanks = declaration.Blanks });
            using ICompiledTrainer trainer = ModelDocument.Load(path, declaration, out ICompiledModel compiled, cancellationToken);
            return Task.FromResult(WithOutput(parsed.GetValue(output), screen, writer =>
            {
                var predictions = new PredictionWriter(writer, compiled.Shape, parsed.GetValue(probabilities));
                return Predict(rows, declaration, compiled, predictions, parsed.GetValue(keepGoing), screen, cancellationToken);
            }));
        });
        return command;
    }

    private static int WithOutput(string? path, Screen screen, Func<TextWriter, int> write)
    {
        if (path is null)
        {
            return write(screen.Output);
        }

        int code = 0;
        ToolException.WhileWriting(path, () =>
        {
            using var writer = new StreamWriter(path);
            code = write(writer);
        });
        return code;
    }

    private static int Predict(
        Table table,
        TableDeclaration declaration,
        ICompiledModel model,
        PredictionWriter writer,
        bool keepGoing,
        Screen screen,
        CancellationToken cancellationToken)
    {
        var rows = new RowParser(table, declaration);
        double[] probabilities = new double[model.Shape.Classes];
        int failures = 0;
        writer.WriteHeader();
        for (long row = 0; table.MoveNext(); row++)
        {
            if (row % CancellationRows == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            try
            {
                rows.Read();
                int best = PredictRow(table, model, rows.Values, probabilities);
                writer.Write(best, probabilities);
            }
            catch (ToolException failure) when (keepGoing)
            {
                failures++;
                screen.Note(failure.Message);
                writer.WriteNone();
            }
        }

        if (failures > 0)
        {
            screen.Note($"{Listing.Count(failures, "row")} could not be read and {(failures == 1 ? "has" : "have")} no prediction.");
        }

        return failures > 0 ? ToolException.BadData : 0;
    }

    // What the values of the row are each for itself, but not together.
    private static int PredictRow(Table table, ICompiledModel model, RowValues values, double[] probabilities)
    {
        try
        {
            return model.PredictProbabilities(values, probabilities);
        }
        catch (ArgumentException failure)
        {
            throw table.PlaceOf(0).Error(failure.Message);
        }
    }
}
