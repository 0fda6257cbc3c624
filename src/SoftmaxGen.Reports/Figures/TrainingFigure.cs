using SoftmaxGen.Reports.Drawing;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Figures;

/// <summary>The course of a training.</summary>
internal static class TrainingFigure
{
    private const string Title = "Loss while training";

    // Of a longer history the table has every so-manieth iteration, and the last.
    private const int MostRows = 200;

    /// <summary>Draws the course.</summary>
    public static Figure Create(TrainingTrace trace)
    {
        IReadOnlyList<TrainingProgress> history = trace.History;
        bool isValidated = history.Any(static step => double.IsFinite(step.ValidationLoss));
        Table table = ToTable(history, isValidated);
        if (!history.Any(static step => double.IsFinite(step.Objective)))
        {
            return Figure.Empty(Title, "The training made no step.", table);
        }

        double[] losses = [.. history.Select(static step => step.Objective), .. history.Select(static step => step.ValidationLoss)];
        var plot = new Plot(Axis.Steps("iteration", history[^1].Iteration), Axis.Of("loss", losses.Append(0)));
        plot.AddCurve(history.Select(static step => ((double)step.Iteration, step.Objective)), "s0", "objective on the training rows");
        if (isValidated)
        {
            plot.AddCurve(history.Select(static step => ((double)step.Iteration, step.ValidationLoss)), "s7", "loss on the validation rows");
            plot.AddLegend("objective on the training rows", "s0");
            plot.AddLegend("loss on the validation rows", "s7");
        }

        TrainingProgress best = history.FirstOrDefault(step => step.Iteration == trace.BestIteration, history[^1]);
        double reached = isValidated ? best.ValidationLoss : best.Objective;
        if (double.IsFinite(reached))
        {
            plot.AddPoint(best.Iteration, reached, 5, isValidated ? "f7" : "f0", $"iteration {best.Iteration}: {Numbers.Text(reached)}");
        }

        string text = $"The objective is the mean loss and the penalties; the lower, the better. It fell from {Numbers.Text(history[0].Objective)} to "
            + $"{Numbers.Text(best.Objective)} in {best.Iteration} iterations.";
        return plot.ToFigure(Title, text, table);
    }

    private static Table ToTable(IReadOnlyList<TrainingProgress> history, bool isValidated)
    {
        int every = (history.Count + MostRows - 1) / MostRows;
        string[] columns = ["iteration", "objective", "largest gradient", .. isValidated ? ["validation loss"] : Array.Empty<string>()];
        return Table.Of(columns, history.Where((_, i) => i % every == 0 || i == history.Count - 1), Row);

        string[] Row(TrainingProgress step) =>
        [
            Numbers.Count(step.Iteration), Numbers.Digits(step.Objective, 6), Numbers.Text(step.GradientNorm),
            .. isValidated ? [Numbers.Digits(step.ValidationLoss, 6)] : Array.Empty<string>(),
        ];
    }
}
