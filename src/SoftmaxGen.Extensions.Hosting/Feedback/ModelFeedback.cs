using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Threading.Channels;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// Takes rows whose labels have become known, for the model to learn from in the background. Registered by
/// <see cref="SoftmaxModelBuilder{TModel, T}.AddFeedback"/>. Thread-safe; who posts does not wait.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <example>
/// <code>
/// app.MapPost("/feedback", (Client client, ModelFeedback&lt;ChurnModel, double&gt; feedback) =>
///     feedback.TryPost(client, client.Churn) ? Results.Accepted() : Results.StatusCode(503));
/// </code>
/// </example>
public sealed class ModelFeedback<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Channel<FeedbackRow<T>> _queue;
    private readonly ModelMeters _meters;
    private long _learned;

    /// <summary>Initializes a new instance of the <see cref="ModelFeedback{TModel, T}"/> class.</summary>
    /// <param name="capacity">The number of rows that may wait.</param>
    /// <param name="meters">Count what is dropped.</param>
    internal ModelFeedback(int capacity, ModelMeters meters)
    {
        _queue = Channel.CreateBounded<FeedbackRow<T>>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _meters = meters;
    }

    /// <summary>Gets the number of rows that wait to be learned from.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Gets the number of rows that the model in force has learned from, those of earlier runs of the program included.</summary>
    public long Learned { get => Interlocked.Read(ref _learned); internal set => Interlocked.Exchange(ref _learned, value); }

    /// <summary>Hands over a row.</summary>
    /// <param name="features">The row: <c>m</c> features; copied.</param>
    /// <param name="label">Its label.</param>
    /// <returns>Whether the row was taken; false where the queue is full or the host stops, and the row is dropped and counted.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the label is out of range.</exception>
    public bool TryPost(ReadOnlySpan<T> features, int label)
    {
        Guard.Length(features.Length, TModel.Shape.Features, nameof(features));
        T[] rented = Rent();
        features.CopyTo(rented);
        return TryPost(rented, label, nameof(features));
    }

    /// <summary>Rents an array for a row.</summary>
    /// <returns>An array of <c>m</c> features or more.</returns>
    internal static T[] Rent() => ArrayPool<T>.Shared.Rent(TModel.Shape.Features);

    /// <summary>Gives the array of a row back.</summary>
    /// <param name="rented">The array.</param>
    internal static void Return(T[] rented) => ArrayPool<T>.Shared.Return(rented);

    /// <summary>Hands over a rented array with a row.</summary>
    /// <param name="rented">The array, which is no longer the caller's.</param>
    /// <param name="label">The label.</param>
    /// <param name="rowName">The name of the argument that is the row; that of the label is <c>label</c>.</param>
    /// <returns>Whether the row was taken.</returns>
    internal bool TryPost(T[] rented, int label, string rowName)
    {
        bool isTaken = false;
        try
        {
            // Checked here and not by the learner, so that whoever sends such a row gets to know.
            Guard.FiniteRows<T>(rented.AsSpan(0, TModel.Shape.Features), TModel.Shape, rowName);
            Guard.Labels(new ReadOnlySpan<int>(in label), TModel.Shape, nameof(label));
            isTaken = _queue.Writer.TryWrite(new FeedbackRow<T>(rented, label));
            if (!isTaken)
            {
                _meters.Dropped();
            }

            return isTaken;
        }
        finally
        {
            if (!isTaken)
            {
                Return(rented);
            }
        }
    }

    /// <summary>Takes no more rows.</summary>
    internal void Close() => _queue.Writer.TryComplete();

    /// <summary>Takes the next row out of the queue.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryTake([MaybeNullWhen(false)] out FeedbackRow<T> row) => _queue.Reader.TryRead(out row);
}
