using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data.Files;

namespace SoftmaxGen.Data;

/// <summary>
/// Memory that rows are packed into, behind those that are there (see <see cref="PackedRows{T}"/>), with what belongs to them. Native; what no row fills yet
/// is as it comes, until <see cref="Complete"/>. Or the rows of a file, which are complete and only read.
/// </summary>
internal sealed class RowMemory<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A span ends at 2^31 elements, so that more rows than these are packed in several steps.
    private const int RowsAtOnce = 8192;

    // A piece, and what becomes of it, lie in the second cache of a core.
    private const int PieceBytes = 1 << 18;

    private readonly ModelShape _shape;
    private readonly FileMap? _file;
    private readonly SingleFeatures<T>? _singleFeatures;

    public RowMemory(ModelShape shape, int capacity)
    {
        _shape = shape;
        Capacity = RoundUp(capacity, PackedRows<T>.GroupRows);
        Features = new AlignedBuffer<T>(Capacity * shape.Features);
        ClassIndices = new AlignedBuffer<T>(Capacity);
    }

    /// <summary>Initializes a new instance of the <see cref="RowMemory{T}"/> class of the rows of a file.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="file">The file, disposed of with the rows.</param>
    public RowMemory(ModelShape shape, FileMap file)
    {
        _shape = shape;
        _file = file;
        Count = file.Layout.Count;
        Capacity = Count;
        if (file.Layout.FeatureBytes == file.Layout.ElementBytes)
        {
            Features = new AlignedBuffer<T>(file, file.Layout.Features);
        }
        else
        {
            // Nothing is written to the rows of a file, and they are read by ReadFeatures alone.
            Features = new AlignedBuffer<T>(0);
            _singleFeatures = new SingleFeatures<T>(file);
        }

        ClassIndices = new AlignedBuffer<T>(file, file.Layout.ClassIndices);
        RowWeights = Section(file.Layout.RowWeights);
        Targets = Section(file.Layout.Targets);
        Offsets = Section(file.Layout.Offsets);

        AlignedBuffer<T>? Section(FileSection section) => section.IsEmpty ? null : new AlignedBuffer<T>(file, section);
    }

    /// <summary>Gets the number of rows that there is room for, a multiple of those of a group.</summary>
    public nint Capacity { get; }

    /// <summary>Gets or sets the number of rows: fewer forget the last ones, more count rows that were written to the memory.</summary>
    public int Count { get; set; }

    /// <summary>Gets the features, block by block.</summary>
    public AlignedBuffer<T> Features { get; }

    /// <summary>Gets the class index of each row, that of the largest target where labels are soft.</summary>
    public AlignedBuffer<T> ClassIndices { get; }

    /// <summary>Gets the weight of each row; null where each weighs 1.</summary>
    public AlignedBuffer<T>? RowWeights { get; private set; }

    /// <summary>Gets the targets of each row; null where labels are hard.</summary>
    public AlignedBuffer<T>? Targets { get; private set; }

    /// <summary>Gets the offsets of each row; null for none.</summary>
    public AlignedBuffer<T>? Offsets { get; private set; }

    /// <summary>Gets a value indicating whether features are converted when they are read: no more than a cache holds should be read at a time.</summary>
    public bool IsConverted => _singleFeatures is not null;

    /// <summary>Reads features.</summary>
    /// <param name="start">The first one, in the order of the blocks.</param>
    /// <param name="length">How many.</param>
    /// <returns>The features; where they are converted, until the same thread reads others.</returns>
    public ReadOnlySpan<T> ReadFeatures(nint start, int length) => _singleFeatures is null ? Features.Read(start, length) : _singleFeatures.Read(start, length);

    /// <summary>Gets the number of rows of a piece: whole groups that a cache holds, for what reads rows again soon after it wrote them.</summary>
    public static int PieceRows(int features) =>
        (int)Math.Max(1, PieceBytes / ((long)PackedRows<T>.GroupRows * features * Unsafe.SizeOf<T>())) * PackedRows<T>.GroupRows;

    /// <summary>Rounds up to a multiple.</summary>
    public static nint RoundUp(nint number, int unit) => (number + unit - 1) / unit * unit;

    /// <summary>Packs the rows of a training set, the first ones, and makes sure on the way that their features are finite.</summary>
    /// <exception cref="ArgumentException">A feature is not finite.</exception>
    public void Fill(TrainingRows<T> data, int maxThreads)
    {
        if (!RowPacking<T>.Pack(data.Rows, _shape.Features, Features, maxThreads))
        {
            Guard.FiniteRows(data.Rows, _shape, CheckedRows.RowsName);
            throw CheckedRows.Changed(CheckedRows.RowsName);
        }

        AddAllButFeatures(data);
    }

    /// <summary>Adds rows behind the others. Those without weights weigh 1 where others have weights; likewise offsets, which are 0.</summary>
    public void Add(TrainingRows<T> data)
    {
        PackFeatures(data.Rows, data.Rows.Length / _shape.Features);
        AddAllButFeatures(data);
    }

    /// <summary>Adds the rows of another memory; those before them fill whole blocks.</summary>
    public void Add(RowMemory<T> other)
    {
        Require(other.RowWeights is not null, other.Targets is not null, other.Offsets is not null);
        nint padded = RoundUp(other.Count, PackedRows<T>.BlockRows);
        Copy(other.Features, Features, padded, _shape.Features);
        Copy(other.ClassIndices, ClassIndices, other.Count, 1);
        Copy(other.RowWeights, RowWeights, other.Count, 1);
        Copy(other.Targets, Targets, other.Count, _shape.Classes);
        Copy(other.Offsets, Offsets, other.Count, _shape.Classes);
        Count += other.Count;
    }

    /// <summary>Makes room for what rows to come have, so that those before them have it, too.</summary>
    public void Require(bool rowWeights, bool targets, bool offsets)
    {
        RowWeights ??= rowWeights ? Make(1, T.One) : null;
        Targets ??= targets ? Make(_shape.Classes, T.Zero) : null;
        Offsets ??= offsets ? Make(_shape.Classes, T.Zero) : null;
    }

    /// <summary>Forgets what rows have beside their features and labels.</summary>
    public void Keep(bool rowWeights, bool targets, bool offsets)
    {
        RowWeights = rowWeights ? RowWeights : Free(RowWeights);
        Targets = targets ? Targets : Free(Targets);
        Offsets = offsets ? Offsets : Free(Offsets);
    }

    /// <summary>Makes rows fit for kernels: they read the rows that pad the last group, and must meet no class that there is not.</summary>
    /// <exception cref="ArgumentException">A label changed between the check and the copy.</exception>
    public void Complete()
    {
        // Those of a file were complete when they were written, and are checked when they are read.
        if (_file is null)
        {
            Pad();
            RequireClasses();
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Features.Dispose();
        _singleFeatures?.Dispose();
        ClassIndices.Dispose();
        RowWeights?.Dispose();
        Targets?.Dispose();
        Offsets?.Dispose();
        _file?.Dispose();
    }

    private void AddAllButFeatures(TrainingRows<T> data)
    {
        int added = data.Rows.Length / _shape.Features;
        Require(data);
        PackLabels(data, ClassIndices.Slice(Count, added));
        Fill(RowWeights, 1, data.RowWeights, T.One, added);
        Fill(Targets, _shape.Classes, data.Targets, T.Zero, added);
        Fill(Offsets, _shape.Classes, data.Offsets, T.Zero, added);
        Count += added;
    }

    private static AlignedBuffer<T>? Free(AlignedBuffer<T>? buffer)
    {
        buffer?.Dispose();
        return null;
    }

    // The labels were checked where they stood, and another thread may have written there since.
    private void RequireClasses()
    {
        nint padded = RoundUp(Count, PackedRows<T>.GroupRows);
        for (nint first = 0; first < padded; first += RowsAtOnce)
        {
            if (!Data.ClassIndices.AreValid(ClassIndices.Read(first, (int)nint.Min(RowsAtOnce, padded - first)), _shape.Classes))
            {
                throw CheckedRows.Changed(CheckedRows.LabelsName);
            }
        }
    }

    // Sets to zero what lies between the last row and the end of its group.
    private void Pad()
    {
        int blockRows = PackedRows<T>.BlockRows;
        nint padded = RoundUp(Count, PackedRows<T>.GroupRows);
        nint whole = RoundUp(Count, blockRows);
        if (whole > Count)
        {
            Span<T> block = Block(Count);
            for (int k = 0; k < block.Length; k += blockRows)
            {
                block.Slice(k + (Count % blockRows), (int)(whole - Count)).Clear();
            }
        }

        Features.Slice(whole * _shape.Features, (int)(padded - whole) * _shape.Features).Clear();
        ClassIndices.Slice(Count, (int)(padded - Count)).Clear();
        RowWeights?.Slice(Count, (int)(padded - Count)).Clear();
    }

    private static void FillAll(AlignedBuffer<T> buffer, nint start, nint end, T value)
    {
        for (nint first = start; first < end; first += RowsAtOnce)
        {
            buffer.Slice(first, (int)nint.Min(RowsAtOnce, end - first)).Fill(value);
        }
    }

    private AlignedBuffer<T> Make(int width, T value)
    {
        var buffer = new AlignedBuffer<T>(Capacity * width);
        FillAll(buffer, 0, (nint)Count * width, value);
        return buffer;
    }

    private void Require(TrainingRows<T> data) => Require(!data.RowWeights.IsEmpty, !data.Targets.IsEmpty, !data.Offsets.IsEmpty);

    private void Fill(AlignedBuffer<T>? buffer, int width, ReadOnlySpan<T> values, T missing, int added)
    {
        if (buffer is null)
        {
            return;
        }

        nint start = (nint)Count * width;
        if (values.IsEmpty)
        {
            FillAll(buffer, start, start + ((nint)added * width), missing);
        }
        else
        {
            values.CopyTo(buffer.Slice(start, values.Length));
        }
    }

    private void Copy(AlignedBuffer<T>? source, AlignedBuffer<T>? target, nint rows, int width)
    {
        for (nint first = 0; source is not null && first < rows; first += RowsAtOnce)
        {
            int length = (int)nint.Min(RowsAtOnce, rows - first) * width;
            source.Slice(first * width, length).CopyTo(target!.Slice((Count + first) * width, length));
        }
    }

    private Span<T> Block(int row)
    {
        int length = PackedRows<T>.BlockRows * _shape.Features;
        return Features.Slice((nint)(row / PackedRows<T>.BlockRows) * length, length);
    }

    private void PackFeatures(ReadOnlySpan<T> rows, int added)
    {
        int blockRows = PackedRows<T>.BlockRows;
        int features = _shape.Features;

        // The first rows fill up the block that the last ones before them began.
        int head = Math.Min(added, (blockRows - (Count % blockRows)) % blockRows);
        for (int row = 0; row < head; row++)
        {
            Span<T> lane = Block(Count + row)[((Count + row) % blockRows)..];
            for (int k = 0; k < features; k++)
            {
                lane[k * blockRows] = rows[(row * features) + k];
            }
        }

        for (int row = head; row < added; row += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, added - row);
            RowPacker.PackRows(
                rows.Slice(row * features, count * features),
                features,
                Features.Slice((nint)(Count + row) * features, (int)RoundUp(count, blockRows) * features));
        }
    }

    // A row with targets is labelled with the largest of them; a correction does the rest.
    private void PackLabels(TrainingRows<T> data, Span<T> classIndices)
    {
        if (data.Targets.IsEmpty)
        {
            if (_shape.Labels.Count == 0)
            {
                RowPacker.PackLabels(data.Labels, _shape.FirstLabel, classIndices);
            }
            else
            {
                RowPacker.PackLabels(DeclaredLabels.ToIndices(data.Labels, _shape, CheckedRows.LabelsName), firstLabel: 0, classIndices);
            }

            return;
        }

        for (int row = 0; row < classIndices.Length; row++)
        {
            classIndices[row] = T.CreateTruncating(Ranking<T>.IndexOfLargest(data.Targets.Slice(row * _shape.Classes, _shape.Classes)));
        }
    }
}
