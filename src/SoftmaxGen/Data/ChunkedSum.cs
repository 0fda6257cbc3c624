namespace SoftmaxGen.Data;

/// <summary>
/// Sums a loss and its derivatives over chunks of rows on several threads. Each chunk has its own partial sum and the partial sums are
/// folded in the order of the chunks, so the result does not depend on the number of threads or their timing. All memory is allocated
/// once; a run allocates nothing. One run at a time.
/// </summary>
internal sealed class ChunkedSum : ParallelLoop
{
    private readonly IChunkFold _fold;
    private readonly Accumulate _accumulate;
    private readonly double[] _weights;
    private readonly double[] _direction;

    // The last number of each is the loss.
    private readonly double[][] _sums;
    private readonly double[] _total;

    public ChunkedSum(IChunkFold fold, int chunks, int parameters, int sumLength, Accumulate accumulate)
        : base(chunks)
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
    /// <returns>The chunk's loss; 0 where it is not asked for.</returns>
    public delegate double Accumulate(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum);

    /// <summary>Sums over all chunks.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="direction">The direction of a Hessian-vector product; empty for other sums.</param>
    /// <param name="sum">Receives the sum over the chunks.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included.</param>
    public double Run(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum, int maxThreads)
    {
        weights.CopyTo(_weights);
        direction.CopyTo(_direction);
        Run(maxThreads);
        _fold.Fold(_sums, Folding.Sum, _weights, _direction, _total);
        _total.AsSpan(0, sum.Length).CopyTo(sum);
        return _total[^1];
    }

    protected override void Do(int part)
    {
        double[] partial = _sums[part];
        Array.Clear(partial);
        partial[^1] = _accumulate(part, _weights, _direction, partial.AsSpan(0, partial.Length - 1));
    }
}
