using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Training;
using SoftmaxGen.Training.BiasReduction;
using SoftmaxGen.Training.Checkpoints;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen;

/// <summary>
/// Trains models: finds the weights that minimise
/// <c>(1/n) sum_i w_i * -log P(y_i|x_i) + (l2/2) * ||W without column 0||^2 + l1 * |W without column 0|_1 + groupL1 * sum_k ||column k of W||_2</c>, the sum
/// without column 0. Deterministic. Thread-safe: several trainings may share a training set.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/training.md">training</see>.</remarks>
public static class SoftmaxTrainer
{
    /// <summary>Trains a model.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights. The optimiser works in double whatever it is.</typeparam>
    /// <param name="set">The training set: <c>n</c> rows of <c>m</c> features.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of the start and of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">
    /// Stops the training after the iteration at hand; the best model so far is returned with <see cref="StopReason.Canceled"/>.
    /// </param>
    /// <returns>The model and how its training ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// A class has no row of positive weight, and <see cref="TrainingOptions.MissingClasses"/> refuses that. Or the initial weights or the class weights do
    /// not fit the model.
    /// </exception>
    /// <example>
    /// <code>
    /// using TrainingSet&lt;IrisModel, double&gt; set = IrisModel.CreateTrainingSet(rows, labels);
    /// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1e-3 });
    /// </code>
    /// </example>
    public static TrainingResult<TModel> Train<TModel, T>(
        TrainingSet<TModel, T> set,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        return TrainWith(set, options ?? new TrainingOptions(), validationSet: null, progress, cancellationToken);
    }

    /// <summary>
    /// Trains a model and watches its loss on rows that the training does not see: the model of the iteration with the lowest one is returned, and the
    /// training stops early when it has not fallen for <see cref="TrainingOptions.Patience"/> iterations.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights. The optimiser works in double whatever it is.</typeparam>
    /// <param name="set">The training set: <c>n</c> rows of <c>m</c> features.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="validationSet">The rows to watch; they need not have all classes.</param>
    /// <param name="progress">Told of the start and of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">
    /// Stops the training after the iteration at hand; the best model so far is returned with <see cref="StopReason.Canceled"/>.
    /// </param>
    /// <returns>The model and how its training ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> or <paramref name="validationSet"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// A class has no row of positive weight, and <see cref="TrainingOptions.MissingClasses"/> refuses that. Or the initial weights or the class weights do
    /// not fit the model.
    /// </exception>
    /// <example>
    /// Train, and stop when the loss on other rows no longer falls:
    /// <code>
    /// using TrainingSet&lt;IrisModel, double&gt; set = IrisModel.CreateTrainingSet(rows, labels);
    /// using TrainingSet&lt;IrisModel, double&gt; validation = IrisModel.CreateTrainingSet(otherRows, otherLabels);
    /// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(set, new TrainingOptions { Patience = 5 }, validation);
    /// </code>
    /// </example>
    public static TrainingResult<TModel> Train<TModel, T>(
        TrainingSet<TModel, T> set,
        TrainingOptions? options,
        TrainingSet<TModel, T> validationSet,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(validationSet);
        return TrainWith(set, options ?? new TrainingOptions(), validationSet, progress, cancellationToken);
    }

    /// <summary>Trains weights. Not generic, so that it is compiled once for all models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">A class has no row of positive weight, or the initial weights do not fit the model.</exception>
    internal static Solution Solve(
        IMeanLoss set,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        IMeanLoss? validationSet = null,
        Workspace? workspace = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate(nameof(options));
        ClassPresence.Require(set, nameof(options));

        double l2 = options.L2Of(set.TotalWeight);
        var objective = new Objective(set, l2, options.Standardize, options.MaxThreads, options.L1, options.GroupL1, workspace);
        RefuseFeaturesBeyondRange(set, objective);
        bool lossProvesSeparation = objective.MayBeSeparable && !objective.HasOffsets;
        double separableBelow = lossProvesSeparation ? Math.Log(2) * set.SmallestRowWeight / set.TotalWeight : double.NegativeInfinity;
        RequireBatches(options.Solver, objective);
        ValidationLoss? validation = validationSet is null ? null : new ValidationLoss(validationSet, objective, options.MaxThreads);
        IStepRule? steps = SolverChoice.Steps(options.Solver, objective);
        int maxIterations = steps is null ? options.MaxIterations : options.Epochs;
        var monitor = new TrainingMonitor(objective, validation, separableBelow, options, maxIterations, progress, cancellationToken);
        Solver solver = SolverChoice.For(objective, options);
        using SampledObjective? sample = SolverChoice.SampleStride(objective, options, solver) is long stride ? SampledObjective.Take(objective, stride) : null;
        ObjectiveLine line = StartingPoint.Find(objective, options.InitialWeights.Span, sample);
        StopReason reason = Judge(Minimize(ref solver, objective, line, monitor, options, steps, sample), objective, monitor);

        return new Solution
        {
            Weights = objective.ToWeights(monitor.BestPoint),
            Best = monitor.Best,
            Loss = monitor.Best.Objective - objective.Penalty(monitor.BestPoint) - objective.Sparsity.Value(monitor.BestPoint),
            Evaluations = objective.Evaluations,
            Solver = solver,
            StopReason = reason,
            L2 = l2,
            Rows = set.RowCount,
            Moments = new FeatureMoments(set.Moments),
            History = Array.AsReadOnly(monitor.CopyHistory()),
            Elapsed = monitor.Elapsed,
            Options = options,
        };
    }

    private static void RequireBatches(Solver solver, Objective objective)
    {
        if (!objective.HasBatches && SolverChoice.IsStochastic(solver))
        {
            throw new NotSupportedException(
                $"{solver} takes batches of rows from all over the set, and these lie on several ranks. Train with {nameof(Solver.Auto)}, " +
                $"{nameof(Solver.Newton)}, {nameof(Solver.Lbfgs)} or {nameof(Solver.GradientDescent)}.");
        }
    }

    private static TrainingResult<TModel> TrainWith<TModel, T>(
        TrainingSet<TModel, T> set,
        TrainingOptions options,
        TrainingSet<TModel, T>? validationSet,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Lifetime.Call call = set.Hold();
        try
        {
            return TrainHeld(set, options, validationSet, progress, cancellationToken);
        }
        catch (Exception failure)
        {
            set.Tell(failure);
            throw;
        }
    }

    private static TrainingResult<TModel> TrainHeld<TModel, T>(
        TrainingSet<TModel, T> set,
        TrainingOptions options,
        TrainingSet<TModel, T>? validationSet,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options.Validate(nameof(options));
        using TrainingSet<TModel, T>? adjusted = set.Adjust(options, nameof(options));
        Workspace workspace = set.RentWorkspace();
        TrainingSet<TModel, T> fitted = adjusted ?? set;
        PassLog? log = options.Checkpoint is null ? null : set.OpenLog(options.Checkpoint);
        IMeanLoss loss = log is null ? fitted : new LoggedLoss(fitted, log);
        IMeanLoss? validation = log is null || validationSet is null ? validationSet : new LoggedLoss(validationSet, log);
        Solution solution = options.BiasReduction
            ? SolveBiasReduced(loss, options, progress, validation, workspace, cancellationToken)
            : Solve(loss, options, progress, validation, workspace, cancellationToken);
        Separation? separation = solution.StopReason == StopReason.Separable && !set.IsJoined ? fitted.FindSeparation(solution.Weights) : null;
        var result = new TrainingResult<TModel>(
            ToModel<TModel, T>(solution, workspace),
            solution,
            separation,
            static (model, stream, format, summary) => ModelFile.Save<TModel, T>(model, stream, format, summary));
        set.Confirm(solution.Weights);
        set.ReturnWorkspace(workspace);
        return result;
    }

    private static Solution SolveBiasReduced(
        IMeanLoss set,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        IMeanLoss? validationSet,
        Workspace workspace,
        CancellationToken cancellationToken)
    {
        Solution solution = Solve(new BiasReducedLoss(set, nameof(options)), options, progress, validationSet, workspace, cancellationToken);
        return solution with { Loss = set.LossAndGradient(solution.Weights, workspace.Rent(solution.Weights.Length), options.MaxThreads) };
    }

    private static StopReason Minimize(
        ref Solver solver,
        Objective objective,
        ObjectiveLine line,
        TrainingMonitor monitor,
        TrainingOptions options,
        IStepRule? steps,
        SampledObjective? sample)
    {
        int? patience = SolverChoice.PatienceWithLbfgs(objective, options, solver);
        StopReason? stop = patience is int most
            ? Minimization.RunFor(new Lbfgs(objective, line, monitor, sample), line, monitor, most)
            : Minimize(solver, objective, line, monitor, options, steps, sample);
        if (patience is not null && stop is StopReason.NoProgress)
        {
            // Where L-BFGS was a trial, Newton's method takes over whether it ran out of patience or of steps.
            stop = null;
        }

        if (stop is null || (stop is StopReason.Converged && solver != Solver.Newton))
        {
            return Prove(ref solver, objective, line, monitor, stop);
        }

        // Where rounding alone keeps the gradient above the tolerance, what is left to gain decides. Newton's method with a Hessian has looked itself.
        bool hasLooked = solver == Solver.Newton && objective.HasHessian;
        return stop is StopReason.NoProgress or StopReason.MaxIterations && !hasLooked && monitor.IsWithinRounding
            && Prove(ref solver, objective, line, monitor, StopReason.Converged) is var proved and (StopReason.Converged or StopReason.NoProgress)
            ? proved
            : stop.Value;
    }

    /// <summary>
    /// Goes on where the gradient of a training is within the tolerance, or another solver has given up, until what is left to gain is negligible: by Newton's
    /// method, whatever the solver was.
    /// </summary>
    private static StopReason Prove(ref Solver solver, Objective objective, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop)
    {
        bool isFlat = stop is not null;
        if (isFlat && (IsStationary(objective, monitor) || (!objective.IsSmooth && !objective.CanFindHessian)))
        {
            return StopReason.Converged;
        }

        if (isFlat && objective.L2 > 0 && OptimalityGap.Bound(objective, line, monitor.NegligibleDecrease) <= monitor.NegligibleDecrease)
        {
            return StopReason.Converged;
        }

        int iterations = monitor.Iterations;
        StopReason reason = !objective.IsSmooth ? Minimization.Resume(ProximalNewton.Exact(objective, line, monitor), line, monitor, stop)
            : objective.HasHessian ? Minimization.Resume(new Newton(objective, line, monitor), line, monitor, stop)
            : Minimization.Resume(new TrustRegionNewton(objective, line, monitor), line, monitor, stop);
        solver = !isFlat || monitor.Iterations > iterations ? Solver.Newton : solver;
        return reason;
    }

    // Where scores are so far apart that their probabilities are 0 and 1, a gradient is 0 without an optimum. At zero weights none is.
    private static bool IsStationary(Objective objective, TrainingMonitor monitor) =>
        monitor.Best.GradientNorm == 0 && (!objective.MayBeSeparable || !monitor.BestPoint.ContainsAnyExcept(0));

    /// <summary>Tells the last that is to be told of a training that gave up, or of one whose scores have no digits left.</summary>
    private static StopReason Judge(StopReason reason, Objective objective, TrainingMonitor monitor) => reason switch
    {
        StopReason.NoProgress or StopReason.MaxIterations when objective.MayBeSeparable && Recession.Separates(objective, monitor.BestPoint) =>
            StopReason.Separable,
        StopReason.Converged when monitor.IsBeyondDigits => StopReason.NoProgress,
        _ => reason,
    };

    private static StopReason Minimize(
        Solver solver,
        Objective objective,
        ObjectiveLine line,
        TrainingMonitor monitor,
        TrainingOptions options,
        IStepRule? steps,
        SampledObjective? sample) => solver switch
    {
        Solver.Newton when !objective.IsSmooth => Minimization.Run(ProximalNewton.Exact(objective, line, monitor), line, monitor),
        Solver.Newton when objective.HasHessian => Minimization.Run(new Newton(objective, line, monitor), line, monitor),
        Solver.Newton => Minimization.Run(new TrustRegionNewton(objective, line, monitor), line, monitor),
        Solver.GradientDescent => Minimization.Run(new GradientDescent(line), line, monitor),
        _ when steps is not null => Minimization.Run(new StochasticDescent(objective, line, options, steps), line, monitor),
        _ when !objective.IsSmooth => Minimization.Run(ProximalNewton.Learning(objective, line, monitor), line, monitor),
        _ => Minimization.Run(new Lbfgs(objective, line, monitor, sample), line, monitor),
    };

    private static TModel ToModel<TModel, T>(Solution solution, Workspace workspace)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = solution.Weights.Length;
        Span<T> typed = MemoryMarshal.Cast<double, T>(workspace.Rent(length).AsSpan())[..length];
        Precision.Narrow(solution.Weights, typed);
        return TModel.FromWeights(typed, solution.Moments);
    }

    // Sums of features and of their products with residuals must not overflow, nor must the weight of a feature that hardly varies.
    private static void RefuseFeaturesBeyondRange(IMeanLoss set, Objective objective)
    {
        bool isSingle = set.Shape.Precision == SoftmaxPrecision.Single;
        double largest = isSingle ? 1e31 : 1e301;
        double smallest = isSingle ? 1e-31 : 1e-301;
        for (int k = 0; k < set.Shape.Features; k++)
        {
            double mean = set.Moments.Means[k];
            double deviation = set.Moments.Deviations[k];
            bool isTooLarge = !(Math.Abs(mean) + deviation <= largest);
            bool isTooSmall = deviation > 0 && objective.Scale(k) < smallest;
            if (isTooLarge || isTooSmall)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Feature {set.Shape.FeatureName(k)} is too {(isTooLarge ? "large" : "small")} to be trained on: its mean is {mean:G4} " +
                        $"and its deviation {deviation:G4}, and {(isTooLarge ? "sums of it" : "its weight")} would leave the range of " +
                        $"{(isSingle ? "float" : "double")}. Multiply it by a power of ten."));
            }
        }
    }
}
