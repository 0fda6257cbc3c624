using System.Diagnostics;
using System.Runtime;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Training;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>Trains on one problem by every solver, and by L-BFGS and Newton over plain loops.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal static class TrainContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const double NearEnough = 1e-9;

    // What one solver may take: enough fits for a steady median of short ones, three of the longest.
    private static readonly TimeSpan _budget = TimeSpan.FromMilliseconds(200);
    private const int FewestRounds = 3;
    private const int MostRounds = 400;

    // Rows times elements of the Hessian: beyond this a single Hessian in plain loops takes seconds.
    private const double MostPlainWork = 1e9;

    /// <summary>Measures.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="coldMilliseconds">The time of the first fit of a fresh process.</param>
    /// <returns>The numbers.</returns>
    public static ProblemResult Run(TrainProblem problem, double coldMilliseconds)
    {
        double optimum = Fit(problem, problem.Options with { Solver = Solver.Newton, Tolerance = 1e-11, MaxIterations = 500 }).Objective;
        List<SolverResult> results = [];
        foreach (Solver solver in Enum.GetValues<Solver>())
        {
            results.Add(Measure(solver.ToString(), optimum, tolerance => Fit(problem, problem.Options with { Solver = solver, Tolerance = tolerance })));
        }

        foreach (Solver solver in PlainSolvers(problem))
        {
            string name = ProblemResult.InPlainLoops(solver.ToString());
            results.Add(Measure(name, optimum, tolerance => PlainFit(problem, problem.Options with { Solver = solver, Tolerance = tolerance })));
        }

        return new ProblemResult
        {
            Name = problem.Name,
            RowCount = problem.Labels.Length,
            Shape = TModel.Shape,
            Choice = TModel.Train(problem.Rows, problem.Labels, problem.Options).Solver,
            ColdMilliseconds = coldMilliseconds,
            RefitBytes = RefitBytes(problem),
            ModelBytes = ModelBytes(),
            Solvers = results,
        };
    }

    /// <summary>Trains once, packing included.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How to train.</param>
    /// <returns>How it ended.</returns>
    public static Outcome Fit(TrainProblem problem, TrainingOptions options)
    {
        TrainingResult<TModel> result = TModel.Train(problem.Rows, problem.Labels, options);
        return new Outcome(result.Objective, result.StopReason, result.Iterations, result.Evaluations);
    }

    private static Solver[] PlainSolvers(TrainProblem problem)
    {
        double work = problem.Labels.Length * Math.Pow(TModel.Shape.ParameterCount, 2);
        return TModel.Shape.HasHessian && work <= MostPlainWork ? [Solver.Lbfgs, Solver.Newton] : [Solver.Lbfgs];
    }

    private static Outcome PlainFit(TrainProblem problem, TrainingOptions options)
    {
        Solution solution = SoftmaxTrainer.Solve(new PlainLoss(TModel.Shape, problem.Rows, problem.Labels), options);
        return new Outcome(solution.Objective, solution.StopReason, solution.History[^1].Iteration, solution.Evaluations);
    }

    private static SolverResult Measure(string name, double optimum, Func<double, Outcome> fit)
    {
        double defaultTolerance = new TrainingOptions().Tolerance;
        Outcome outcome = fit(defaultTolerance);
        double? exactTolerance = outcome.StopReason == StopReason.Converged ? FindTolerance(optimum, fit) : null;
        RoundTimes byDefault = Time(() => fit(defaultTolerance));
        long before = GC.GetAllocatedBytesForCurrentThread();
        fit(defaultTolerance);
        return new SolverResult
        {
            Solver = name,
            Bytes = GC.GetAllocatedBytesForCurrentThread() - before,
            Default = byDefault,
            StopReason = outcome.StopReason,
            Iterations = outcome.Iterations,
            Evaluations = outcome.Evaluations,
            Gap = outcome.Objective - optimum,
            Exact = exactTolerance is not double tolerance ? null : Time(() => fit(tolerance)),
        };
    }

    /// <summary>Finds the loosest tolerance, of the powers of ten, whose answer is near enough.</summary>
    private static double? FindTolerance(double optimum, Func<double, Outcome> fit)
    {
        for (double tolerance = 1e-3; tolerance > 1e-11; tolerance /= 10)
        {
            if (Math.Abs(fit(tolerance).Objective - optimum) <= NearEnough * Math.Max(1, Math.Abs(optimum)))
            {
                return tolerance;
            }
        }

        return null;
    }

    private static RoundTimes Time(Func<Outcome> fit)
    {
        WarmUp(fit);
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < FewestRounds || (times.Count < MostRounds && Stopwatch.GetElapsedTime(start) < _budget))
        {
            long roundStart = Stopwatch.GetTimestamp();
            fit();
            times.Add(Stopwatch.GetElapsedTime(roundStart).TotalNanoseconds);
        }

        times.Sort();
        return new RoundTimes(times[0], times[times.Count / 2]);
    }

    // Until the tiers of the runtime are done with it.
    private static void WarmUp(Func<Outcome> fit)
    {
        long compiled = -1;
        while (JitInfo.GetCompiledMethodCount() != compiled)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < 60 && Stopwatch.GetElapsedTime(start) < _budget; call++)
            {
                fit();
            }

            Thread.Sleep(200);
        }
    }

    private static long RefitBytes(TrainProblem problem)
    {
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(problem.Rows, problem.Labels);
        _ = SoftmaxTrainer.Train(set, problem.Options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = SoftmaxTrainer.Train(set, problem.Options);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long ModelBytes()
    {
        double[] weights = new double[TModel.Shape.ParameterCount];
        _ = TModel.FromWeights(weights);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = TModel.FromWeights(weights);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>How a training ended.</summary>
    /// <param name="Objective">The objective.</param>
    /// <param name="StopReason">Why it ended.</param>
    /// <param name="Iterations">Its iterations.</param>
    /// <param name="Evaluations">Its passes over the rows.</param>
    internal readonly record struct Outcome(double Objective, StopReason StopReason, int Iterations, int Evaluations);
}
