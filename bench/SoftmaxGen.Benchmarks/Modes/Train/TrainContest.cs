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

    // What a solver may take on average: fifty rounds of the short fits, three of the longest.
    private static readonly TimeSpan _budget = TimeSpan.FromMilliseconds(200);

    // Rows times elements of the Hessian: beyond this a single Hessian in plain loops takes seconds.
    private const double MostPlainWork = 1e9;

    // Rows times weights: beyond this plain loops and the solvers whose every epoch reads all rows take seconds. In such a time a virtual machine gives the
    // memory that the contender before has freed back to its host, and the next one pays for it.
    private const double MostSlowWork = 3e7;

    /// <summary>Measures.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="coldMilliseconds">The time of the first fit of a fresh process.</param>
    /// <returns>The numbers.</returns>
    public static ProblemResult Run(TrainProblem problem, double coldMilliseconds)
    {
        double optimum = Fit(problem, problem.Options with { Solver = Solver.Newton, Tolerance = 1e-11, MaxIterations = 500 }).Objective;
        List<Contender> contenders = [];
        foreach (Solver solver in Solvers(problem))
        {
            contenders.Add(Enter(solver.ToString(), optimum, tolerance => Fit(problem, problem.Options with { Solver = solver, Tolerance = tolerance })));
        }

        foreach (Solver solver in PlainSolvers(problem))
        {
            string name = ProblemResult.InPlainLoops(solver.ToString());
            contenders.Add(Enter(name, optimum, tolerance => PlainFit(problem, problem.Options with { Solver = solver, Tolerance = tolerance })));
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
            Solvers = Measure(contenders),
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

    private static Solver[] Solvers(TrainProblem problem) =>
        IsQuick(problem) ? Enum.GetValues<Solver>() : [Solver.Auto, Solver.Newton, Solver.Lbfgs];

    private static bool IsQuick(TrainProblem problem) => problem.Labels.Length * (double)TModel.Shape.ParameterCount <= MostSlowWork;

    private static Solver[] PlainSolvers(TrainProblem problem)
    {
        double work = problem.Labels.Length * Math.Pow(TModel.Shape.ParameterCount, 2);
        return !IsQuick(problem) ? [] : TModel.Shape.HasHessian && work <= MostPlainWork ? [Solver.Lbfgs, Solver.Newton] : [Solver.Lbfgs];
    }

    private static Outcome PlainFit(TrainProblem problem, TrainingOptions options)
    {
        Solution solution = SoftmaxTrainer.Solve(new PlainLoss(TModel.Shape, problem.Rows, problem.Labels), options);
        return new Outcome(solution.Objective, solution.StopReason, solution.History[^1].Iteration, solution.Evaluations);
    }

    private static Contender Enter(string name, double optimum, Func<double, Outcome> fit)
    {
        double defaultTolerance = new TrainingOptions().Tolerance;
        Outcome outcome = fit(defaultTolerance);
        double? exactTolerance = outcome.StopReason == StopReason.Converged ? FindTolerance(optimum, fit) : null;
        WarmUp(() => fit(defaultTolerance));
        long before = GC.GetAllocatedBytesForCurrentThread();
        fit(defaultTolerance);
        return new Contender
        {
            Name = name,
            Outcome = outcome,
            Gap = outcome.Objective - optimum,
            Bytes = GC.GetAllocatedBytesForCurrentThread() - before,
            Default = () => fit(defaultTolerance).Objective,
            Exact = exactTolerance is double tolerance ? () => fit(tolerance).Objective : null,
        };
    }

    // All by turns, so that a change of the machine's speed meets generated code and plain loops alike.
    private static SolverResult[] Measure(List<Contender> contenders)
    {
        Contender[] exact = [.. contenders.Where(static contender => contender.Exact is not null)];
        Func<double>[] passes = [.. contenders.Select(static contender => contender.Default), .. exact.Select(static contender => contender.Exact!)];
        RoundTimes[] times = Stopclock.Compare(_budget * passes.Length, passes);
        return [.. contenders.Select((contender, i) => new SolverResult
        {
            Solver = contender.Name,
            Bytes = contender.Bytes,
            Default = times[i],
            StopReason = contender.Outcome.StopReason,
            Iterations = contender.Outcome.Iterations,
            Evaluations = contender.Outcome.Evaluations,
            Gap = contender.Gap,
            Exact = contender.Exact is null ? null : times[contenders.Count + Array.IndexOf(exact, contender)],
        })];
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

    private sealed record Contender
    {
        public required string Name { get; init; }

        public required Outcome Outcome { get; init; }

        public required double Gap { get; init; }

        public required long Bytes { get; init; }

        public required Func<double> Default { get; init; }

        public required Func<double>? Exact { get; init; }
    }
}
