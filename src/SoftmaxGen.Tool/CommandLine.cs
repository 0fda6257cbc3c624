using System.CommandLine;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Commands;
using SoftmaxGen.Tool.Output;

namespace SoftmaxGen.Tool;

/// <summary>The command line: its commands, and what becomes of errors.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="screen">Where the command writes.</param>
    /// <param name="cancellationToken">Ends the command; a training keeps what it has.</param>
    /// <returns>0 where all went well, 1 where data are not what they should be, 2 where the command is used wrongly.</returns>
    public static async Task<int> RunAsync(string[] arguments, Screen screen, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Trains small classifiers on tables, and writes them as C#.")
        {
            TrainCommand.Create(screen),
            PredictCommand.Create(screen),
            EvaluateCommand.Create(screen),
            InspectCommand.Create(screen),
            ExplainCommand.Create(screen),
            ConvertCommand.Create(screen),
            NewCommand.Create(screen),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                screen.Note(error.Message);
            }

            screen.Note($"softmaxgen{(parsed.CommandResult.Command == root ? "" : $" {parsed.CommandResult.Command.Name}")} --help lists what there is.");
            return ToolException.BadUsage;
        }

        var configuration = new InvocationConfiguration { Output = screen.Output, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            int code = await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
            await screen.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (ToolException failure)
        {
            screen.Note(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure) when (failure is ModelCompilationException or ArgumentException or IOException)
        {
            // What the library refuses of the data has its row and its feature in the message; an output that is closed early is no error of the tool.
            screen.Note(failure.Message);
            return ToolException.BadData;
        }
        catch (OperationCanceledException)
        {
            screen.Note("Canceled: the command did not come to its end.");
            return ToolException.BadData;
        }
    }
}
