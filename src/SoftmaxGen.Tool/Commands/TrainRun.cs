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

        TableProfile profile = screen.During($"Reading {options.Data}", ReadProfile, cancellationToken);
        TrainingPlan plan = TrainingPlan.Make(profile, options);
        using ICompiledTrainer trainer = screen.During(
            "Compiling", activity => ModelCompiler.Compile(plan.Declaration.Shape, cancellationToken: activity.CancellationToken), cancellationToken);
        using ICompiledTrainingSet set = screen.During(
            $"Reading {options.Data}", activity => ReadRows(plan.Declaration, trainer, activity), cancellationToken);
        TrainingOutcome outcome = Train(trainer, set, plan);
        WriteFiles(plan, outcome, set);
        Tell(plan, outcome);
        return 0;
    }

    private TableProfile ReadProfile(Activity activity)
    {
        using Table table = Table.Open(options.Data, options.Format);
        string label = options.Label
            ?? throw ToolException.Usage($"--label: say which column to predict. The columns of {options.Data} are {Listing.Of(table.Header)}.");
        TableProfile profile = TableProfile.Read(table, label, options.Format.Blanks, activity);
        foreach (string note in table.Notes)
        {
            screen.Note(note);
        }

        return profile;
    }

    private ICompiledTrainingSet ReadRows(TableDeclaration declaration, ICompiledTrainer trainer, Activity activity)
    {
        using Table table = Table.Open(options.Data, options.Format);
        return LabelledTable.Read(table, declaration, trainer, activity);
    }

    // The first model has the default penalty, or the given one: it is what a canceled search for a better one leaves.
    private TrainingOutcome Train(ICompiledTrainer trainer, ICompiledTrainingSet set, TrainingPlan plan)
    {
        // The number of threads leaves no trace in the weights.
        var training = new TrainingOptions { L2 = options.L2, MaxThreads = Environment.ProcessorCount };
        var first = new TrainingOutcome(Train(trainer, set, training), null, null, training.L2 ?? (1.0 / set.RowCount), set.RowCount);
        if (plan.Folds < 2 || cancellationToken.IsCancellationRequested)
        {
            return first;
        }

        try
        {
            return options.L2 is null
                ? TrainBest(trainer, set, training, plan)
                : first with { Validation = Validate(trainer, set, training, plan) };
        }
        catch (OperationCanceledException)
        {
            return first with { WasCutShort = true };
        }
    }

    private CompiledTraining Train(ICompiledTrainer trainer, ICompiledTrainingSet set, TrainingOptions training) => screen.During(
        "Training",
        activity => trainer.Train(set, training, new TrainingShare(activity, training.Tolerance), activity.CancellationToken),
        cancellationToken);

    private CrossValidationResult Validate(ICompiledTrainer trainer, ICompiledTrainingSet set, TrainingOptions training, TrainingPlan plan) => screen.During(
        "Cross-validating",
        activity => trainer.CrossValidate(set, training, plan.Folds, options.Seed, activity.CancellationToken),
        cancellationToken);

    private TrainingOutcome TrainBest(ICompiledTrainer trainer, ICompiledTrainingSet set, TrainingOptions training, TrainingPlan plan)
    {
        L2PathResult path = screen.During(
            "Choosing the penalty",
            activity => trainer.FindPenalty(set, null, training, plan.Folds, options.Seed, activity.CancellationToken),
            cancellationToken);
        CompiledTraining best = Train(trainer, set, training with { L2 = path.Best.L2 });

        // What was trained to its end is worth more than what was not.
        return best.StopReason == StopReason.Canceled
            ? throw new OperationCanceledException(cancellationToken)
            : new TrainingOutcome(best, path.Best.CrossValidation, path, path.Best.L2, set.RowCount);
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
            screen.During($"Writing {report}", activity => WriteReport(report, plan, outcome, set, activity), CancellationToken.None);
        }
    }

    private bool WriteReport(string path, TrainingPlan plan, TrainingOutcome outcome, ICompiledTrainingSet set, Activity activity)
    {
        using Table table = Table.Open(options.Data, options.Format);
        ICompiledModel model = outcome.Training.Model;
        Evaluation? evaluation = outcome.Validation is null ? model.Evaluate(set) : null;
        ReportFile.Write(path, options, plan, outcome, evaluation, WorstRows.Find(table, plan.Declaration, model, activity));
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
