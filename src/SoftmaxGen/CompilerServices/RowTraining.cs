using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Training on a program's own rows. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTraining
{
    /// <summary>Validates rows and labels, packs them and trains a model on them, all on the threads of the options.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="options">How to train; the defaults of <see cref="TrainingOptions"/> when null.</param>
    /// <param name="progress">Told of every iteration.</param>
    /// <param name="cancellationToken">Stops the training early.</param>
    /// <returns>The model and how the training ended.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a label is out of range, a class has no row, or a number is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingResult<TModel> Train<TModel, T>(
        ReadOnlySpan<T> rows,
        ReadOnlySpan<int> labels,
        TrainingOptions? options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options?.Validate(nameof(options));
        using var set = new TrainingSet<TModel, T>(new TrainingRows<T> { Rows = rows, Labels = labels }, options?.MaxThreads ?? 1);
        return SoftmaxTrainer.Train(set, options, progress, cancellationToken);
    }

    /// <summary>Validates rows and labels and packs them for training, batch by batch: the features of all rows are nowhere else.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
    /// <typeparam name="TRow">The type of rows.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="labels">The number of the label of each row.</param>
    /// <param name="rowWeights">The weight of each row; empty: every row weighs 1.</param>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a row is null, a member has no column for its value, a label is no class, or a number is not valid.
    /// </exception>
    public static TrainingSet<TModel, T> CreateTrainingSet<TModel, T, TLabel, TRow>(
        ReadOnlySpan<TRow> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        Guard.AtLeastOneRow(rows.Length, 1, nameof(rows));
        using var builder = new TrainingSetBuilder<TModel, T, TLabel, TRow>(rows.Length);
        builder.AddNumbered(rows, labels, rowWeights);
        return builder.Build();
    }
}
