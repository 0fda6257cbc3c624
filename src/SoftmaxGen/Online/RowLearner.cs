using System.Buffers;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Online;

namespace SoftmaxGen;

/// <summary>
/// Learns from rows and labels of a program's own types: an <see cref="OnlineLearner{TModel, T}"/> behind a reader of rows, made by
/// <see cref="OnlineLearner{TModel, T}.ForRows"/>, which says when an update allocates. Not thread-safe.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights.</typeparam>
/// <typeparam name="TRow">The type of rows.</typeparam>
/// <typeparam name="TLabel">The enum of the classes.</typeparam>
/// <example>
/// <code>
/// var learner = new OnlineLearner&lt;FlowerModel, double&gt;(model).ForRows&lt;Flower, Species&gt;(FlowerModel.CopyFeatures);
/// double loss = learner.Update(flower, Species.Setosa);
/// </code>
/// </example>
public sealed class RowLearner<TModel, T, TRow, TLabel>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    private readonly FeatureReader<TRow, T> _reader;
    private readonly T[] _features = new T[TModel.Shape.Features];

    internal RowLearner(OnlineLearner<TModel, T> learner, FeatureReader<TRow, T> reader)
    {
        Learner = learner;
        _reader = reader;
    }

    /// <summary>Gets the learner, whose state, steps and snapshots these are.</summary>
    public OnlineLearner<TModel, T> Learner { get; }

    /// <summary>Learns from one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The row's loss <c>-log P(y|x)</c> before the step.</returns>
    /// <exception cref="ArgumentException">The row is null, a feature is not finite, or the label is no class; nothing is learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows; nothing is learned.</exception>
    public double Update(in TRow row, TLabel label)
    {
        _reader(in row, _features);
        return Learner.Update(_features, LabelNumber.Saturated(label), nameof(row));
    }

    /// <summary>Learns from a batch, as <see cref="OnlineLearner{TModel, T}.UpdateBatch(ReadOnlySpan{T}, ReadOnlySpan{int})"/> does.</summary>
    /// <param name="rows">The rows; at least one.</param>
    /// <param name="labels">The label of each row.</param>
    /// <returns>The rows' mean loss, that of each before it was learned from.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, a row is null, a label is no class, or a feature is not finite; nothing is learned.
    /// </exception>
    /// <exception cref="InvalidOperationException">A score overflows.</exception>
    public double UpdateBatch(ReadOnlySpan<TRow> rows, ReadOnlySpan<TLabel> labels)
    {
        int length = Guard.TotalLength(rows.Length, _features.Length, nameof(rows));
        T[] rented = ArrayPool<T>.Shared.Rent(length);
        try
        {
            for (int row = 0; row < rows.Length; row++)
            {
                // Another thread may take a row away that was there a moment ago.
                TRow own = rows[row];
                if (own is null)
                {
                    Guard.RowNotNull(row: null, row, nameof(rows));
                }

                _reader(in own, rented.AsSpan(row * _features.Length, _features.Length));
            }

            return Learner.UpdateBatch(rented.AsSpan(0, length), labels);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    /// <summary>Makes a model of the weights so far.</summary>
    /// <returns>A new model, which later updates leave as it is.</returns>
    /// <exception cref="InvalidOperationException">A weight overflowed.</exception>
    public TModel Snapshot() => Learner.Snapshot();
}
