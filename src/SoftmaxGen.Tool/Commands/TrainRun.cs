using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Declarations;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Output;
using SoftmaxGen.Tool.Reports;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary>The steps of <c>train</c>, in their order.</summary>
/// <param name="options">What the user asks for.</param>
/// <param name="screen">Where to write.</param>
/// <param name="cancellationToken">Ends the training; the best model so far is kept.</param>
internal sealed class TrainRun(TrainOptions options, Screen screen, CancellationToken cancellationToken)
{
    /// <summary>Runs them.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (options.Data == "-")
        {
            throw ToolException.Usage("train reads a table twice, so that it takes a file; what is piped in must be saved first.");
        }

        TableProfile profile = screen.During($"Reading {options.Data}", ReadProfile);
        TrainingPlan plan = TrainingPlan.Make(profile, options);
        using ICompiledTrainer trainer = screen.During("Compiling", () => ModelCompiler.Compile(plan.Declaration.Shape, cancellationToken: cancellationToken));
        using ICompiledTrainingSet set = screen.During($"Reading {options.Data}", () => ReadRows(plan.Declaration, trainer));
        TrainingOutcome outcome = Train(trainer, set, plan);
        WriteFiles(plan, outcome, set);
        Tell(plan, outcome);
        return 0;
    }

    private TableProfile ReadProfile()
    {
        using Table table = Table.Open(options.Data, options.Format);
        string label = options.Label
            ?? throw ToolException.Usage($"--label: say which column to predict. The columns of {options.Data} are {Listing.Of(table.Header)}.");
        return TableProfile.Read(table, label, options.Format.Blanks, cancellationToken);
    }

    private ICompiledTrainingSet ReadRows(TableDeclaration declaration, ICompiledTrainer trainer)
    {
        using Table table = Table.Open(options.Data, options.Format);
        return LabelledTable.Read(table, declaration, trainer, cancellationToken);
    }

    private TrainingOutcome Train(ICompiledTrainer trainer, ICompiledTrainingSet set, TrainingPlan plan)
    {
        // The number of threads leaves no trace in the weights.
        var training = new TrainingOptions { L2 = options.L2, MaxThreads = Environment.ProcessorCount };
        CrossValidationResult? validation = null;
        L2PathResult? path = null;
        if (plan.Folds >= 2 && options.L2 is null)
        {
            path = screen.During("Choosing the penalty", () => trainer.FindPenalty(set, null, training, plan.Folds, options.Seed, cancellationToken));
            training = training with { L2 = path.Best.L2 };
            validation = path.Best.CrossValidation;
        }
        else if (plan.Folds >= 2)
        {
            validation = screen.During("Cross-validating", () => trainer.CrossValidate(set, training, plan.Folds, options.Seed, cancellationToken));
        }

        CompiledTraining result = screen.During("Training", () => trainer.Train(set, training, null, cancellationToken));
        return new TrainingOutcome(result, validation, path, training.L2 ?? (1.0 / set.RowCount), set.RowCount);
    }

    private void WriteFiles(TrainingPlan plan, TrainingOutcome outcome, ICompiledTrainingSet set)
    {
        ModelDocument.Save(options.ModelPath, outcome.Training, plan.Declaration);
        if (options.Code is { } code)
        {
            CodeFile.Write(code, plan.Declaration.Shape, options.ModelPath, options.Namespace);
        }

        if (options.Report is { } report)
        {
            screen.During($"Writing {report}", () => WriteReport(report, plan, outcome, set));
        }
    }

    private bool WriteReport(string path, TrainingPlan plan, TrainingOutcome outcome, ICompiledTrainingSet set)
    {
        using Table table = Table.Open(options.Data, options.Format);
        ICompiledModel model = outcome.Training.Model;
        Evaluation? evaluation = outcome.Validation is null ? model.Evaluate(set) : null;
        ReportFile.Write(path, options, plan, outcome, evaluation, WorstRows.Find(table, plan.Declaration, model, cancellationToken));
        return true;
    }

    private void Tell(TrainingPlan plan, TrainingOutcome outcome)
    {
        var report = new TrainingReport(options, plan, outcome);
        if (options.Json)
        {
            screen.WriteJson(report.Write);
        }
        else
        {
            report.Write(screen);
        }
    }
}
