using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data.Files;

namespace SoftmaxGen.Data;

/// <summary>
/// Packed rows that become more: parts, each full before the next one, so that nothing moves when there are more. At the end they become one memory, each part
/// freed as soon as it is copied: no more than one part is there twice. Or there is one part, and a file that it goes to whenever it is full.
/// </summary>
/// <param name="shape">The model's constants.</param>
/// <param name="capacity">The rows that are expected; 0 where nobody knows. For a file, those of a part.</param>
/// <param name="file">The file that rows go to; null where they stay in memory.</param>
internal sealed class GrowingRows<T>(ModelShape shape, int capacity, RowFileWriter<T>? file = null) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewestRows = 1024;

    // Each part is as large as all before it until it is this large. The memory of such a part goes back to the system when it is freed.
    private const int MostBytes = 64 << 20;

    private readonly List<RowMemory<T>> _parts = [];

    private bool _hasRowWeights;
    private bool _hasOffsets;
    private bool _hasTargets;

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets where the rows end, to come back to it.</summary>
    public Mark End => new(Count, _hasRowWeights, _hasOffsets);

    /// <summary>Adds rows behind the others. Those without weights weigh 1, those without offsets have 0.</summary>
    /// <exception cref="ArgumentException">The rows have targets, and others have labels; or there are more rows than an <see cref="int"/> counts.</exception>
    public void Add(TrainingRows<T> data)
    {
        int added = data.Rows.Length / shape.Features;
        Require(data, added);
        for (int first = 0; first < added;)
        {
            RowMemory<T> part = PartWithRoom(added - first);
            int count = (int)nint.Min(added - first, part.Capacity - part.Count);
            part.Add(Slice(data, first, count));
            first += count;
            Count += count;
        }
    }

    /// <summary>Forgets the rows behind a place.</summary>
    public void Return(Mark end)
    {
        (_hasRowWeights, _hasOffsets) = (end.HasRowWeights, end.HasOffsets);
        if (file is not null && _parts.Count > 0)
        {
            file.Return(end.Count, _hasRowWeights, _hasOffsets, _parts[0]);
            Count = file.Count + _parts[0].Count;
        }

        while (Count > end.Count && _parts.Count > 0)
        {
            RowMemory<T> last = _parts[^1];
            int others = Count - last.Count;
            if (others >= end.Count)
            {
                _parts.Remove(last);
                last.Dispose();
            }

            Count = Math.Max(others, end.Count);
            last.Count = Count - others;
        }

        // The rows to come may have labels where those that are forgotten had targets.
        _hasTargets &= Count > 0;
        foreach (RowMemory<T> part in _parts)
        {
            part.Keep(_hasRowWeights, _hasTargets, _hasOffsets);
        }
    }

    /// <summary>Makes one memory of the parts, which are gone then.</summary>
    public RowMemory<T> Join()
    {
        if (_parts.Count == 1)
        {
            RowMemory<T> only = _parts[0];
            _parts.Clear();
            return only;
        }

        var joined = new RowMemory<T>(shape, Count);
        for (int i = 0; i < _parts.Count; i++)
        {
            joined.Add(_parts[i]);
            _parts[i].Dispose();
        }

        _parts.Clear();
        return joined;
    }

    /// <summary>Writes all rows to a file; they stay here, too, but for those that are in the file already.</summary>
    public void CopyTo(RowFileWriter<T> target)
    {
        foreach (RowMemory<T> part in _parts)
        {
            target.Add(part);
        }
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        foreach (RowMemory<T> part in _parts)
        {
            part.Dispose();
        }

        _parts.Clear();
    }

    private static ReadOnlySpan<TValue> Slice<TValue>(ReadOnlySpan<TValue> values, int first, int count, int width) =>
        values.IsEmpty ? default : values.Slice(first * width, count * width);

    private TrainingRows<T> Slice(TrainingRows<T> data, int first, int count) => new()
    {
        Rows = Slice(data.Rows, first, count, shape.Features),
        Labels = Slice(data.Labels, first, count, 1),
        Targets = Slice(data.Targets, first, count, shape.Classes),
        RowWeights = Slice(data.RowWeights, first, count, 1),
        Offsets = Slice(data.Offsets, first, count, shape.Classes),
    };

    private void Require(TrainingRows<T> data, int added)
    {
        if (Count > 0 && data.Targets.IsEmpty == _hasTargets)
        {
            throw _hasTargets
                ? Refusal.Argument($"The rows before have targets; these have labels.", CheckedRows.LabelsName)
                : Refusal.Argument($"The rows before have labels; these have targets.", CheckedRows.TargetsName);
        }

        if (added > int.MaxValue - Count)
        {
            throw Refusal.Argument($"A training set holds at most {int.MaxValue} rows.", CheckedRows.RowsName);
        }

        _hasTargets = !data.Targets.IsEmpty;
        _hasRowWeights |= !data.RowWeights.IsEmpty;
        _hasOffsets |= !data.Offsets.IsEmpty;
        foreach (RowMemory<T> part in _parts)
        {
            part.Require(_hasRowWeights, _hasTargets, _hasOffsets);
        }
    }

    private RowMemory<T> PartWithRoom(int rows)
    {
        if (_parts.Count > 0 && _parts[^1].Count < _parts[^1].Capacity)
        {
            return _parts[^1];
        }

        if (file is not null && _parts.Count > 0)
        {
            file.Add(_parts[0]);
            _parts[0].Count = 0;
            return _parts[0];
        }

        int mostRows = (int)Math.Max(PackedRows<T>.GroupRows, MostBytes / ((shape.Features + 1L) * Unsafe.SizeOf<T>()));
        int expected = _parts.Count == 0 ? Math.Max(capacity, Math.Min(FewestRows, mostRows)) : Math.Min(Count, mostRows);
        var part = new RowMemory<T>(shape, file is null ? Math.Max(rows, expected) : capacity);
        part.Require(_hasRowWeights, _hasTargets, _hasOffsets);
        _parts.Add(part);
        return part;
    }

    /// <summary>A place behind some rows.</summary>
    internal readonly record struct Mark(int Count, bool HasRowWeights, bool HasOffsets);
}
