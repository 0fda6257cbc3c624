using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>A few rows of a training set, gathered from wherever they lie into a place of their own.</summary>
internal sealed class RowBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _features;
    private readonly AlignedBuffer<T> _rows;
    private readonly AlignedBuffer<T> _classIndices;
    private readonly AlignedBuffer<T> _rowWeights;
    private readonly T[] _offsets;

    public RowBatch(int capacity, int features, int offsets)
    {
        int padded = (capacity + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupRows;
        Capacity = capacity;
        _features = features;
        _rows = new AlignedBuffer<T>((nint)padded * features);
        _classIndices = new AlignedBuffer<T>(padded);
        _rowWeights = new AlignedBuffer<T>(padded);
        _rows.ClearFrom(0);
        _classIndices.ClearFrom(0);
        _offsets = new T[capacity * offsets];
    }

    /// <summary>Gets the most rows.</summary>
    public int Capacity { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the offsets of the rows, row-major.</summary>
    public ReadOnlySpan<T> Offsets => _offsets;

    /// <summary>Gets the rows.</summary>
    public PackedRows<T> Rows => Part(0, Count);

    /// <summary>Takes some of the rows, from a multiple of <see cref="PackedRows{T}.GroupRows"/> on.</summary>
    public PackedRows<T> Part(int first, int count)
    {
        int padded = (count + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupRows;
        return PackedRows<T>.Create(
            count, _features, _rows.Slice((nint)first * _features, padded * _features), _classIndices.Slice(first, padded), _rowWeights.Slice(first, padded));
    }

    /// <summary>Empties the batch: every lane weighs 0.</summary>
    public void Clear()
    {
        Count = 0;
        _rowWeights.Slice(0, (int)_rowWeights.Length).Clear();
    }

    /// <summary>Adds a row.</summary>
    /// <param name="block">The block it lies in, feature-major.</param>
    /// <param name="lane">Its lane there.</param>
    /// <param name="classIndex">Its class.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="offsets">Its offsets; empty for none.</param>
    public void Add(ReadOnlySpan<T> block, int lane, T classIndex, T weight, ReadOnlySpan<T> offsets)
    {
        int blockRows = PackedRows<T>.BlockRows;
        Span<T> target = Block(out int targetLane);
        for (int k = 0; k < target.Length; k += blockRows)
        {
            target[k + targetLane] = block[k + lane];
        }

        offsets.CopyTo(_offsets.AsSpan(Count * offsets.Length));
        Add(classIndex, weight);
    }

    /// <summary>Adds a row without offsets.</summary>
    public void Add(ReadOnlySpan<double> features, T classIndex, T weight)
    {
        Span<T> target = Block(out int lane);
        for (int k = 0; k < features.Length; k++)
        {
            target[(k * PackedRows<T>.BlockRows) + lane] = T.CreateTruncating(features[k]);
        }

        Add(classIndex, weight);
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _classIndices.Dispose();
        _rowWeights.Dispose();
    }

    // The block that the next row goes to.
    private Span<T> Block(out int lane)
    {
        int blockRows = PackedRows<T>.BlockRows;
        int length = blockRows * _features;
        lane = Count % blockRows;
        return _rows.Slice((nint)(Count / blockRows) * length, length);
    }

    private void Add(T classIndex, T weight)
    {
        _classIndices.Slice(Count, 1)[0] = classIndex;
        _rowWeights.Slice(Count, 1)[0] = weight;
        Count++;
    }
}
