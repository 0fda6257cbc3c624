using System.Runtime.ExceptionServices;

namespace SoftmaxGen.Data;

/// <summary>
/// Sums a loss and its derivatives over chunks of rows on several threads. Each chunk has its own partial sum and the partial sums are
/// folded in the order of the chunks, so the result does not depend on the number of threads or their timing. All memory is allocated
/// once; a run allocates nothing. One run at a time.
/// </summary>
internal sealed class ChunkedSum : IThreadPoolWorkItem
{
    private readonly IChunkFold _fold;
    private readonly Accumulate _accumulate;
    private readonly double[] _weights;
    private readonly double[] _direction;

    // The last number of each is the loss.
    private readonly double[][] _sums;
    private readonly double[] _total;
    private readonly object _finish = new();
    private int _seats;
    private int _nextChunk;
    private int _finished;
    private Exception? _failure;

    /// <summary>Initializes a new instance of the <see cref="ChunkedSum"/> class.</summary>
    /// <param name="fold">Makes one sum of those of all chunks.</param>
    /// <param name="chunks">The number of chunks of this process.</param>
    /// <param name="parameters">The number of weights.</param>
    /// <param name="sumLength">The number of elements of the sum.</param>
    /// <param name="accumulate">Adds one chunk to a zeroed partial sum.</param>
    public ChunkedSum(IChunkFold fold, int chunks, int parameters, int sumLength, Accumulate accumulate)
    {
        _fold = fold;
        _accumulate = accumulate;
        _weights = new double[parameters];
        _direction = new double[parameters];
        _total = new double[sumLength + 1];
        _sums = new double[chunks][];
        for (int i = 0; i < chunks; i++)
        {
            _sums[i] = new double[sumLength + 1];
        }
    }

    /// <summary>Adds one chunk to a partial sum.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="direction">The direction of a Hessian-vector product.</param>
    /// <param name="sum">The partial sum.</param>
    /// <returns>The chunk's loss; 0 where it is not asked for.</returns>
    public delegate double Accumulate(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum);

    /// <summary>Sums over all chunks.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="direction">The direction of a Hessian-vector product; empty for other sums.</param>
    /// <param name="sum">Receives the sum over the chunks.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included.</param>
    /// <returns>The sum of the losses.</returns>
    public double Run(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum, int maxThreads)
    {
        int helpers = Math.Min(Math.Min(maxThreads, _sums.Length), Environment.ProcessorCount) - 1;
        weights.CopyTo(_weights);
        direction.CopyTo(_direction);
        _failure = null;
        _finished = 0;
        _seats = helpers;

        // Opens the run, so it comes last: a helper that was queued by an earlier run and wakes only now joins this one.
        Volatile.Write(ref _nextChunk, 0);
        for (int i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        TakeChunks();

        // Waits for chunks, not for helpers: one that the busy pool has not started yet holds nothing up.
        lock (_finish)
        {
            while (_finished < _sums.Length)
            {
                Monitor.Wait(_finish);
            }
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        _fold.Fold(_sums, Folding.Sum, _weights, _direction, _total);
        _total.AsSpan(0, sum.Length).CopyTo(sum);
        return _total[^1];
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Decrement(ref _seats) >= 0)
        {
            TakeChunks();
        }
    }

    private void TakeChunks()
    {
        for (int chunk = Interlocked.Increment(ref _nextChunk) - 1; chunk < _sums.Length; chunk = Interlocked.Increment(ref _nextChunk) - 1)
        {
            Sum(chunk);
            lock (_finish)
            {
                _finished++;
                Monitor.Pulse(_finish);
            }
        }
    }

    private void Sum(int chunk)
    {
        try
        {
            double[] partial = _sums[chunk];
            Array.Clear(partial);
            partial[^1] = _accumulate(chunk, _weights, _direction, partial.AsSpan(0, partial.Length - 1));
        }
#pragma warning disable CA1031 // Whatever is thrown here is thrown again on the calling thread, by Run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, failure);
        }
    }
}
