using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Environments;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>The report of the <c>train</c> mode, as Markdown.</summary>
internal static class TrainReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="problems">The numbers.</param>
    /// <returns>The text.</returns>
    public static string Write(IReadOnlyList<ProblemResult> problems)
    {
        var text = new StringBuilder();
        text.AppendLine("# Training").AppendLine();
        text.AppendLine(Format($"{DateTime.UtcNow:yyyy-MM-dd}. One thread; from the caller's arrays to the model, packing included.")).AppendLine();
        text.AppendLine("```");
        foreach (string line in HostEnvironmentInfo.GetCurrent().ToFormattedString().Append(RuntimeInformation.FrameworkDescription))
        {
            text.AppendLine(line);
        }

        text.AppendLine("```").AppendLine();
        WriteSummary(text, problems);
        foreach (ProblemResult problem in problems)
        {
            WriteProblem(text, problem);
        }

        text.Append("""
            ## Method

            - All with `L2 = 1e-3`; iris raw, wine standardised by the trainer, digits divided by 16, both with `Standardize = false`; the synthetic rows are uniform
              and their labels drawn from a model.
            - *default*: to a gradient of 1e-6, or as far as the solver gets within its default iterations or epochs. *to 1e-9*: to the loosest tolerance, of the
              powers of ten, whose objective is within 1e-9 of the optimum. Medians, fastest in brackets. *gap*: objective less optimum after *default*.
            - The solvers of a problem take turns for 50 rounds, of at least 2 ms each; fewer, but at least 3, where fits take long.
            - *plain loops*: C# loops over `double[]` with `Math.Exp`, driven by the very same solver, and spared the packing. Their Hessian is the textbook's
              lower triangle. *(Auto)* is the solver that `Solver.Auto` chooses.
            - *cold*: the first fit of a fresh process, JIT included, by the default solver; the median of five processes. *refit*: bytes allocated by a second
              fit on the same training set; *of which the model* by the model itself: its weights. Their copy for predictions is made by the first of these.

            """);
        return text.ToString();
    }

    private static void WriteSummary(StringBuilder text, IReadOnlyList<ProblemResult> problems)
    {
        text.AppendLine("| problem | solver | default | plain loops | plain / generated | to 1e-9 | plain loops | plain / generated |");
        text.AppendLine("| ------- | ------ | ------: | ----------: | ----------------: | ------: | ----------: | ----------------: |");
        foreach (ProblemResult problem in problems)
        {
            foreach (SolverResult ours in problem.Solvers)
            {
                if (problem.Find(ProblemResult.InPlainLoops(ours.Solver)) is SolverResult plain)
                {
                    string choice = ours.Solver == problem.Choice.ToString() ? " (Auto)" : "";
                    text.AppendLine(Format(
                        $"| {problem.Name} | {ours.Solver}{choice} | {Time(ours.Default)} | {Time(plain.Default)} | {Ratio(plain.Default, ours.Default)} | {Time(ours.Exact)} | {Time(plain.Exact)} | {Ratio(plain.Exact, ours.Exact)} |"));
                }
            }
        }

        text.AppendLine();
        text.AppendLine("| problem | rows | cold | refit bytes | of which the model |");
        text.AppendLine("| ------- | ---: | ---: | ----------: | -----------------: |");
        foreach (ProblemResult problem in problems)
        {
            text.AppendLine(
                Format($"| {problem.Name} | {problem.RowCount} | {problem.ColdMilliseconds:F0} ms | {problem.RefitBytes} | {problem.ModelBytes} |"));
        }

        text.AppendLine();
    }

    private static void WriteProblem(StringBuilder text, ProblemResult problem)
    {
        text.AppendLine(Format($"## {problem.Name}: {problem.Shape.Classes} x {problem.Shape.Features}, {problem.RowCount} rows")).AppendLine();
        text.AppendLine("| solver | default | ended | iterations | passes | gap | bytes | to 1e-9 |");
        text.AppendLine("| ------ | ------: | ----- | ---------: | -----: | --: | ----: | ------: |");
        foreach (SolverResult solver in problem.Solvers)
        {
            text.AppendLine(Format(
                $"| {solver.Solver} | {Time(solver.Default)} | {solver.StopReason} | {solver.Iterations} | {solver.Evaluations} | {solver.Gap:0.0e+0} | {solver.Bytes} | {Time(solver.Exact)} |"));
        }

        text.AppendLine();
    }

    private static string Ratio(RoundTimes? slow, RoundTimes? fast) => slow is { } s && fast is { } f ? Format($"{s.Median / f.Median:F1}") : "–";

    private static string Time(RoundTimes? times) => times is not { } t ? "–" : Format($"{Short(t.Median)} ({Short(t.Minimum)})");

    private static string Short(double nanoseconds) =>
        nanoseconds < 1e5 ? Format($"{nanoseconds / 1e3:F1} us") : nanoseconds < 1e6 ? Format($"{nanoseconds / 1e3:F0} us") : nanoseconds < 1e8
            ? Format($"{nanoseconds / 1e6:F1} ms") : Format($"{nanoseconds / 1e6:F0} ms");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
