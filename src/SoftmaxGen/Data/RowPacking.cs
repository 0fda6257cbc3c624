using System.Numerics;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>
/// Packs the rows of a caller piece by piece on several threads, and looks for numbers that are not finite on the way, while a piece is in the caches. On
/// several threads because fresh memory costs the thread that first writes to a page the time to clear the page.
/// </summary>
internal sealed unsafe class RowPacking<T> : ParallelLoop
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* _rows;
    private readonly int _count;
    private readonly int _features;
    private readonly int _pieceRows;
    private readonly AlignedBuffer<T> _packed;
    private volatile bool _isFinite = true;

    private RowPacking(T* rows, int count, int features, AlignedBuffer<T> packed)
        : base(((count - 1) / RowMemory<T>.PieceRows(features)) + 1)
    {
        _rows = rows;
        _count = count;
        _features = features;
        _pieceRows = RowMemory<T>.PieceRows(features);
        _packed = packed;
    }

    /// <summary>Packs rows.</summary>
    /// <returns>Whether all numbers are finite.</returns>
    public static bool Pack(ReadOnlySpan<T> rows, int features, AlignedBuffer<T> packed, int maxThreads)
    {
        fixed (T* first = rows)
        {
            var packing = new RowPacking<T>(first, rows.Length / features, features, packed);
            packing.Run(maxThreads);
            return packing._isFinite;
        }
    }

    protected override void Do(int part)
    {
        int first = part * _pieceRows;
        int count = Math.Min(_pieceRows, _count - first);
        var rows = new ReadOnlySpan<T>(_rows + ((nint)first * _features), count * _features);
        RowPacker.PackRows(rows, _features, _packed.Slice((nint)first * _features, (int)RowMemory<T>.RoundUp(count, PackedRows<T>.BlockRows) * _features));
        if (FiniteScan.FirstNonFinite(rows) >= 0)
        {
            _isFinite = false;
        }
    }
}
