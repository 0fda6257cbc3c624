using System.Globalization;
using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Training;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen;

/// <summary>
/// Trains models: finds the weights that minimise <c>(1/n) sum_i w_i * -log P(y_i|x_i) + (l2/2) * ||W without column 0||^2</c>. Deterministic;
/// starts at zero weights. Thread-safe: several trainings may share a training set.
/// </summary>
public static class SoftmaxTrainer
{
    /// <summary>Trains a model.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights. The optimiser works in double whatever it is.</typeparam>
    /// <param name="set">The training set: <c>n</c> rows of <c>m</c> features, at least one of each class.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of the start and of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">
    /// Stops the training after the iteration at hand; the best model so far is returned with <see cref="StopReason.Canceled"/>.
    /// </param>
    /// <returns>The model and how its training ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">A class has no row of positive weight: its bias has no finite optimum.</exception>
    public static TrainingResult<TModel> Train<TModel, T>(
        TrainingSet<TModel, T> set,
        TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        Solution solution = Solve(set, options ?? new TrainingOptions(), progress, cancellationToken);

        var weights = new T[solution.Weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = T.CreateTruncating(solution.Weights[i]);
        }

        return new TrainingResult<TModel>(TModel.FromWeights(weights), solution);
    }

    /// <summary>Trains weights. Not generic, so that it is compiled once for all models.</summary>
    /// <param name="set">The training set.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Told of the start and of every iteration.</param>
    /// <param name="cancellationToken">Stops the training after the iteration at hand.</param>
    /// <returns>The weights and how they were found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">A class has no row of positive weight.</exception>
    internal static Solution Solve(
        IMeanLoss set, TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate(nameof(options));
        RefuseEmptyClass(set);

        double l2 = options.L2 ?? (1 / set.TotalWeight);
        double separableBelow = l2 == 0 ? Math.Log(2) * set.SmallestRowWeight / set.TotalWeight : double.NegativeInfinity;
        var objective = new Objective(set, l2, options.Standardize, options.MaxThreads);
        var monitor = new TrainingMonitor(objective, separableBelow, options, progress, cancellationToken);
        var line = new ObjectiveLine(objective);

        StopReason reason = Lbfgs.Minimize(line, monitor);

        return new Solution
        {
            Weights = objective.ToWeights(line.Point),
            Objective = line.Value,
            Loss = line.Value - objective.Penalty(line.Point),
            Evaluations = objective.Evaluations,
            StopReason = reason,
            History = monitor.History,
            Elapsed = monitor.Elapsed,
        };
    }

    private static void RefuseEmptyClass(IMeanLoss set)
    {
        int index = set.ClassTotals.IndexOf(0.0);
        if (index >= 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The class labelled {set.Shape.FirstLabel + index} has no row of positive weight: its bias has no finite optimum."),
                nameof(set));
        }
    }
}
