using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>A sample of the rows of a training set.</summary>
internal sealed class RowSample<TModel, T> : IRowSample
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowBatch<T> _rows;
    private readonly IChunkFold _fold;
    private readonly LabelCorrection? _correction;
    private double _totalWeight;
    private Chunks _chunks;
    private int _firstChunk;
    private ChunkedSum? _sum;

    /// <summary>Initializes a new instance of the <see cref="RowSample{TModel, T}"/> class without rows.</summary>
    /// <param name="capacity">The most rows.</param>
    /// <param name="fold">The fold of the set: each process has all rows of the sample, and sums a part of their chunks.</param>
    /// <param name="correction">What soft labels change, as a mean over all rows of the set; null where there are none.</param>
    public RowSample(int capacity, IChunkFold fold, LabelCorrection? correction)
    {
        _fold = fold;
        _rows = new RowBatch<T>(capacity, TModel.Shape.Features, offsets: 0);
        _correction = correction;
        _rows.Clear();
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    /// <returns>Whether another one has room.</returns>
    public bool Add(TrainingRow row)
    {
        _rows.Add(row.Columns[1..], T.CreateTruncating(row.ClassIndex), T.CreateTruncating(row.Weight));
        _totalWeight += row.Weight;
        return _rows.Count < _rows.Capacity;
    }

    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        double loss = (_sum ??= CreateSum(gradient.Length)).Run(weights, default, gradient, maxThreads);
        VectorAlgebra.Scale(1 / _totalWeight, gradient, gradient);
        return (loss / _totalWeight) + (_correction?.AddTo(weights, gradient) ?? 0);
    }

    public void Dispose() => _rows.Dispose();

    private ChunkedSum CreateSum(int parameters)
    {
        _chunks = Chunks.Create(Count);
        (_firstChunk, int end) = _fold.Share(_chunks.Count);
        return new ChunkedSum(_fold, end - _firstChunk, parameters, parameters, Accumulate);
    }

    private double Accumulate(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        int ofAll = _firstChunk + chunk;
        return TModel.AccumulateLossAndGradient(weights, _rows.Part((int)_chunks.FirstRow(ofAll), _chunks.RowsIn(ofAll)), sum);
    }
}
