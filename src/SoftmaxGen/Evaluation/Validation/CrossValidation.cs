using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Stratified k-fold cross-validation: the rows are dealt to folds that have their share of every class; each fold is predicted by a model that was
/// trained on the others. Deterministic: the folds depend on the labels and the seed alone. Thread-safe.
/// </summary>
/// <remarks>
/// More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/evaluation.md#cross-validation-and-the-penalty">the choice of the penalty</see>.
/// </remarks>
/// <example>
/// Rows and labels of your own types, and weights of rows, come in a set:
/// <code>
/// using TrainingSet&lt;FlowerModel, double&gt; set = FlowerModel.CreateTrainingSet(flowers, species, weights);
/// CrossValidationResult result = CrossValidation.Run(set, new TrainingOptions { L2 = 1e-3 });
/// </code>
/// </example>
public static class CrossValidation
{
    // Rows that are copied at a time, whole tiles of an evaluation.
    private const int BatchRows = 2048;

    /// <summary>Estimates how well a model does on rows that it was not trained on.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">
    /// The number of folds: at least 2, and at most the number of rows of the rarest class, or with <see cref="MissingClasses.Allow"/> of all rows. The
    /// default is 5.
    /// </param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The evaluation of each fold, means and deviations.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a feature is not finite, or a class has fewer rows than there are folds.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is less than 2, or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static CrossValidationResult Run<TModel, T>(
        ReadOnlySpan<T> rows,
        ReadOnlySpan<int> labels,
        TrainingOptions? options = null,
        int folds = 5,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run<TModel, T>(
            new ValidationRows<T>(LabelledRows<T>.Check(rows, labels, default, TModel.Shape)),
            [options ?? new TrainingOptions()],
            folds,
            seed,
            cancellationToken)[0];

    /// <summary>
    /// Estimates how well a model does on rows that it was not trained on. The rows of the set, which may have been made of rows and labels of the user's
    /// types, are trained and evaluated by their weights; those of weight 0 are left out.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="set">The rows with their labels and weights.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="folds">
    /// The number of folds: at least 2, and at most the number of rows of the rarest class, or with <see cref="MissingClasses.Allow"/> of all rows. The
    /// default is 5.
    /// </param>
    /// <param name="seed">What the shuffle depends on. The default is 0.</param>
    /// <param name="cancellationToken">Asked after every iteration of a training.</param>
    /// <returns>The evaluation of each fold, means and deviations; each fold counts alike, whatever its rows weigh.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    /// <exception cref="ArgumentException">The set has soft labels or offsets, or a class has fewer rows than there are folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is less than 2, or an option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static CrossValidationResult Run<TModel, T>(
        TrainingSet<TModel, T> set, TrainingOptions? options = null, int folds = 5, int seed = 0, CancellationToken cancellationToken = default)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(set, [options ?? new TrainingOptions()], folds, seed, cancellationToken)[0];

    /// <summary>Cross-validates several options on the same folds of a set.</summary>
    internal static CrossValidationResult[] Run<TModel, T>(
        TrainingSet<TModel, T> set, TrainingOptions[] path, int folds, int seed, CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        set.RefuseJoined();
        using Lifetime.Call call = set.Hold();
        return Run<TModel, T>(new ValidationRows<T>(set.Rows, TModel.Shape, nameof(set)), path, folds, seed, cancellationToken);
    }

    /// <summary>Cross-validates several options on the same folds, each training starting where that with the options before it ended.</summary>
    internal static CrossValidationResult[] Run<TModel, T>(
        ValidationRows<T> rows, TrainingOptions[] path, int folds, int seed, CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] foldOfRow = StratifiedFolds.Assign(rows.Labels, TModel.Shape, folds, seed, rows.LabelsName, path[0].MissingClasses);
        var batches = new FoldBatches<T>(rows, foldOfRow, TModel.Shape.Features, Math.Min(BatchRows, foldOfRow.Length));
        var results = new FoldResult[folds][];
        for (int fold = 0; fold < folds; fold++)
        {
            using TrainingSet<TModel, T> others = Pack<TModel, T>(ref batches, fold, foldOfRow.AsSpan().Count(fold));
            results[fold] = RunFold(others, ref batches, fold, path, cancellationToken);
        }

        return [.. path.Select((_, step) => new CrossValidationResult([.. results.Select(steps => steps[step])]))];
    }

    // All rows but those of a fold.
    private static TrainingSet<TModel, T> Pack<TModel, T>(ref FoldBatches<T> batches, int fold, int heldOut)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Precision.Require<T>();
        var memory = new RowMemory<T>(TModel.Shape, batches.RowCount - heldOut);
        try
        {
            batches.Begin(fold, isHeldOut: false);
            while (batches.HasNext)
            {
                LabelledRows<T> batch = batches.Next();
                memory.Add(new TrainingRows<T> { Rows = batch.Rows, Labels = batch.Labels, RowWeights = batch.Weights });
            }

            return new TrainingSet<TModel, T>(new RowStore<T>(memory, TModel.Shape), skipped: 0);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static FoldResult[] RunFold<TModel, T>(
        TrainingSet<TModel, T> others, ref FoldBatches<T> batches, int fold, TrainingOptions[] path, CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var results = new FoldResult[path.Length];
        ReadOnlyMemory<double> start = path[0].InitialWeights;
        for (int step = 0; step < path.Length; step++)
        {
            TrainingResult<TModel> training = SoftmaxTrainer.Train(others, path[step] with { InitialWeights = start }, progress: null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            start = Precision.Widen(training.Model.Weights);
            results[step] = new FoldResult
            {
                Evaluation = Evaluate(training.Model, ref batches, fold),
                StopReason = training.StopReason,
                Iterations = training.Iterations,
            };
        }

        return results;
    }

    private static Evaluation Evaluate<TModel, T>(TModel model, ref FoldBatches<T> batches, int fold)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var evaluator = new Evaluator<TModel, T>(model, batches.IsWeighted);
        batches.Begin(fold, isHeldOut: true);
        for (int first = 0; batches.HasNext;)
        {
            LabelledRows<T> batch = batches.Next();
            evaluator.Add(batch, first);
            first += batch.Count;
        }

        return evaluator.Finish();
    }
}
