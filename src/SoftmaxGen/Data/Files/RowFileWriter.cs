using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// Writes a file of packed rows as they come: features at once, what else rows have to files beside it, which are appended in the end, because nobody knows
/// before how many rows there are. Nobody finds the file before it is complete.
/// </summary>
internal sealed class RowFileWriter<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Features of so many bytes are packed before they are written.
    private const int PartBytes = 4 << 20;

    private readonly ModelShape _shape;
    private readonly string _path;
    private readonly AtomicFile _file;
    private readonly PieceWriter _pieces;
    private readonly int _featureBytes;

    // A group of rows of single precision; empty where the file has the features as they are.
    private readonly float[] _narrow;
    private readonly SideFile<T> _classIndices;
    private SideFile<T>? _rowWeights;
    private SideFile<T>? _targets;
    private SideFile<T>? _offsets;

    /// <summary>Initializes a new instance of the <see cref="RowFileWriter{T}"/> class.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="featureBytes">The bytes that a feature takes in the file: those of a number, or 4.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RowFileWriter(string path, ModelShape shape, int featureBytes)
    {
        RowFile.RequireLittleEndian(path);
        _featureBytes = featureBytes;
        _narrow = featureBytes == Unsafe.SizeOf<T>() ? [] : new float[PackedRows<T>.GroupRows * shape.Features];
        (_path, _shape) = (Path.GetFullPath(path), shape);
        _file = new AtomicFile(path);
        try
        {
            _pieces = new PieceWriter(_file.Stream);
            RowFile.WriteBeginning(_pieces);
            _classIndices = new SideFile<T>(_file, width: 1);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Gets a value indicating whether the file has the features in single precision, and the model has not.</summary>
    public bool IsNarrow => _narrow.Length > 0;

    /// <summary>Gets the rows that are best written at a time, whole groups.</summary>
    public int PartRows => Math.Max(1, PartBytes / (PackedRows<T>.GroupRows * _shape.Features * Unsafe.SizeOf<T>())) * PackedRows<T>.GroupRows;

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value indicating whether rows could not be written, so that nobody knows what is in the file.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Writes rows behind the others.</summary>
    /// <param name="rows">The rows: whole groups, unless they are the last.</param>
    /// <exception cref="ArgumentException">A label changed between the check and the copy.</exception>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Add(RowMemory<T> rows)
    {
        IsBroken = true;
        rows.Complete();
        nint padded = RowMemory<T>.RoundUp(rows.Count, PackedRows<T>.GroupRows);
        int group = PackedRows<T>.GroupRows * _shape.Features;
        for (nint first = 0; first < padded * _shape.Features; first += group)
        {
            WriteFeatures(rows.Features.Read(first, group));
        }

        _classIndices.Write(rows.ClassIndices, padded);
        AddSide(ref _rowWeights, rows.RowWeights, 1, padded, T.One);
        AddSide(ref _targets, rows.Targets, _shape.Classes, rows.Count, T.Zero);
        AddSide(ref _offsets, rows.Offsets, _shape.Classes, rows.Count, T.Zero);
        Count += rows.Count;
        IsBroken = false;
    }

    /// <summary>Takes rows back, to a place among those that were written in parts of the size of a memory.</summary>
    /// <param name="count">The number of rows that are left, in the file and the memory.</param>
    /// <param name="hasRowWeights">Whether these have weights.</param>
    /// <param name="hasOffsets">Whether these have offsets.</param>
    /// <param name="part">The rows behind those of the file; receives those that are taken back and stay.</param>
    /// <exception cref="IOException">The files cannot be read or written.</exception>
    public void Return(int count, bool hasRowWeights, bool hasOffsets, RowMemory<T> part)
    {
        if (count < Count)
        {
            int start = (int)(count / part.Capacity * part.Capacity);
            int rows = (int)Math.Min(part.Capacity, Count - start);
            TakeBackFeatures(start, part.Features.Slice(0, rows * _shape.Features));
            TakeBack(_classIndices, start, part.ClassIndices, rows);
            TakeBack(_rowWeights, start, part.RowWeights, rows);
            TakeBack(_targets, start, part.Targets, rows);
            TakeBack(_offsets, start, part.Offsets, rows);
            part.Count = count - start;
            Count = start;
        }

        _rowWeights = hasRowWeights ? _rowWeights : Remove(_rowWeights);
        _offsets = hasOffsets ? _offsets : Remove(_offsets);
        _targets = Count > 0 ? _targets : Remove(_targets);
    }

    /// <summary>Completes the file, and opens it.</summary>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    /// <exception cref="IOException">The file cannot be written or mapped.</exception>
    public RowFile Finish(int skipped)
    {
        var layout = new RowFileLayout(_shape, Unsafe.SizeOf<T>(), _featureBytes, Count, _rowWeights is not null, _targets is not null, _offsets is not null);
        Append(_classIndices, layout.ClassIndices);
        Append(_rowWeights, layout.RowWeights);
        Append(_targets, layout.Targets);
        Append(_offsets, layout.Offsets);
        _pieces.FillTo(layout.Length);
        ulong[] sums = _pieces.Finish();

        // What passes over the rows find out becomes a part of the file: they have it at once when it is opened.
        FileMap map = Map(layout, sums);
        try
        {
#pragma warning disable CA2000 // It has nothing of its own.
            var rows = new RowStore<T>(new RowMemory<T>(_shape, map), _shape);
#pragma warning restore CA2000
            TargetShares? shares = rows.HasTargets ? new TargetShares(_shape.Classes, classWeights: null, smoothing: 0) : null;
            RowStatistics statistics = RowStatistics.Create(rows, new LocalFold(rows.Count), shares, withMoments: true);
            var file = new RowFile(map, skipped, statistics);
            file.WriteEnd(_file.Stream, _shape, sums);
            _file.Complete();
            return file;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Removes the file, unless it is complete.</summary>
    public void Dispose()
    {
        _classIndices.Dispose();
        _rowWeights?.Dispose();
        _targets?.Dispose();
        _offsets?.Dispose();
        _file.Dispose();
    }

    private void WriteFeatures(ReadOnlySpan<T> group)
    {
        if (!IsNarrow)
        {
            _pieces.Write(MemoryMarshal.AsBytes(group));
            return;
        }

        for (int i = 0; i < group.Length; i++)
        {
            _narrow[i] = float.CreateTruncating(group[i]);
        }

        _pieces.Write(MemoryMarshal.AsBytes(_narrow.AsSpan()));
    }

    private void TakeBackFeatures(int start, Span<T> features)
    {
        long position = RowFileLayout.DataOffset + ((long)start * _shape.Features * _featureBytes);
        if (!IsNarrow)
        {
            _pieces.TakeBack(position, MemoryMarshal.AsBytes(features));
            return;
        }

        float[] narrow = new float[features.Length];
        _pieces.TakeBack(position, MemoryMarshal.AsBytes(narrow.AsSpan()));
        for (int i = 0; i < narrow.Length; i++)
        {
            features[i] = T.CreateTruncating(narrow[i]);
        }
    }

    private FileMap Map(RowFileLayout layout, ulong[] sums)
    {
#pragma warning disable CA2000 // The map keeps the stream.
        FileStream reader = RowFile.OpenToRead(_file.TemporaryPath, FileShare.ReadWrite | FileShare.Delete);
#pragma warning restore CA2000
        try
        {
            return new FileMap(reader, _path, layout, sums, areChecked: true);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static SideFile<T>? Remove(SideFile<T>? side)
    {
        side?.Dispose();
        return null;
    }

    private static void TakeBack(SideFile<T>? side, int start, AlignedBuffer<T>? part, int rows)
    {
        if (side is not null)
        {
            side.TakeBack(start, part!.Slice(0, rows * side.Width));
        }
    }

    // Rows before the first that have it have it from now on, too.
    private void AddSide(ref SideFile<T>? side, AlignedBuffer<T>? numbers, int width, nint rows, T missing)
    {
        if (numbers is null)
        {
            return;
        }

        if (side is null)
        {
            side = new SideFile<T>(_file, width);
            side.Fill(missing, (long)Count * width);
        }

        side.Write(numbers, rows * width);
    }

    private void Append(SideFile<T>? side, FileSection section)
    {
        if (side is not null)
        {
            _pieces.FillTo(section.Offset);
            _pieces.Append(side.Stream);
        }
    }
}
