using System.Buffers;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// The rows of a training set in the layout of the kernels (see <see cref="PackedRows{T}"/>), in native memory or in a file. Whoever reads a span of
/// it keeps the store alive meanwhile.
/// </summary>
internal sealed class RowStore<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowMemory<T> _memory;
    private readonly Chunks _chunks;

    // Those of the memory, or of this store alone: see Reweigh.
    private readonly AlignedBuffer<T>? _rowWeights;
    private readonly bool _isReweighed;

    /// <summary>Initializes a new instance of the <see cref="RowStore{T}"/> class.</summary>
    /// <param name="data">The data, checked but for features that are not finite; copied.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="maxThreads">The most threads of this, and of passes that are not told of any.</param>
    /// <exception cref="ArgumentException">A feature is not finite, or a label changed between the check and the copy.</exception>
    public RowStore(TrainingRows<T> data, ModelShape shape, int maxThreads = 1)
        : this(Pack(data, shape, maxThreads), shape) => MaxThreads = maxThreads;

    /// <summary>Initializes a new instance of the <see cref="RowStore{T}"/> class.</summary>
    /// <param name="memory">The packed rows, at least one, in memory or in a file; freed with the store.</param>
    /// <param name="shape">The model's constants.</param>
    /// <exception cref="ArgumentException">A label changed between the check and the copy.</exception>
    public RowStore(RowMemory<T> memory, ModelShape shape)
    {
        _memory = memory;
        _memory.Complete();
        _rowWeights = memory.RowWeights;
        (Count, Classes, Features) = (memory.Count, shape.Classes, shape.Features);
        _chunks = Chunks.Create(Count);
    }

    private RowStore(RowStore<T> source, Chunks chunks, bool hasOwnWeights)
    {
        _memory = source._memory;
        _isReweighed = true;
        (Count, Classes, Features) = (source.Count, source.Classes, source.Features);
        MaxThreads = source.MaxThreads;
        _chunks = chunks;
        _rowWeights = hasOwnWeights ? new AlignedBuffer<T>(RowMemory<T>.RoundUp(Count, PackedRows<T>.GroupRows)) : source._rowWeights;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of features of a row.</summary>
    public int Features { get; }

    /// <summary>Gets the number of chunks that the rows are cut into.</summary>
    public int ChunkCount => _chunks.Count;

    /// <summary>Gets the most threads of a pass that is not told of any.</summary>
    public int MaxThreads { get; } = 1;

    /// <summary>Gets a value indicating whether the rows have weights; if not, each weighs 1.</summary>
    public bool HasRowWeights => _rowWeights is not null;

    /// <summary>Gets a value indicating whether the labels are soft.</summary>
    public bool HasTargets => _memory.Targets is not null;

    /// <summary>Gets a value indicating whether something is added to the scores.</summary>
    public bool HasOffsets => _memory.Offsets is not null;

    /// <summary>Makes a store of the same rows, which this one must outlive, with weights times the factors of class weights.</summary>
    public RowStore<T> Reweigh(TargetShares shares)
    {
        var reweighed = new RowStore<T>(this, _chunks, shares.HasClassWeights);
        if (shares.HasClassWeights)
        {
            double[] rowShares = new double[Classes];
            Span<T> rowWeights = reweighed._rowWeights!.Slice(0, Count);
            reweighed._rowWeights.ClearFrom(Count);
            for (int row = 0; row < rowWeights.Length; row++)
            {
                rowWeights[row] = T.CreateTruncating(RowWeight(row) * shares.Compute(Targets(row), ClassIndex(row), rowShares));
            }
        }

        return reweighed;
    }

    /// <summary>Makes a store of the same rows, which this one must outlive, that are cut otherwise.</summary>
    public RowStore<T> Cut(Chunks chunks) => new(this, chunks, hasOwnWeights: false);

    /// <summary>
    /// Gets the number of pieces that a chunk is read in: one, unless features are converted on the way, which should be read again while they are in a cache.
    /// Whoever sums over a chunk sums over its pieces in their order.
    /// </summary>
    public int PiecesIn(int chunk) => ((_chunks.RowsIn(chunk) - 1) / PieceRows) + 1;

    /// <summary>Gets the rows of a piece of a chunk.</summary>
    /// <returns>The packed rows; where features are converted, until the same thread reads others.</returns>
    public PackedRows<T> Read(int chunk, int piece)
    {
        (nint first, int count) = RowsOf(chunk, piece);
        int padded = RoundUpToGroup(count);
        return PackedRows<T>.Create(
            count,
            Features,
            _memory.ReadFeatures(first * Features, padded * Features),
            Indices(first, padded),
            _rowWeights is null ? default : _rowWeights.Read(first, padded));
    }

    /// <summary>Gets the offsets of the rows of a piece, row-major.</summary>
    /// <returns>The offsets; empty for none.</returns>
    public ReadOnlySpan<T> ReadOffsets(int chunk, int piece)
    {
        (nint first, int count) = RowsOf(chunk, piece);
        return _memory.Offsets is null ? default : _memory.Offsets.Read(first * Classes, count * Classes);
    }

    /// <summary>Gets whole blocks of rows.</summary>
    public ReadOnlySpan<T> Blocks(int first, int count)
    {
        int blockLength = PackedRows<T>.BlockRows * Features;
        return _memory.ReadFeatures((nint)first * blockLength, count * blockLength);
    }

    /// <summary>Gets the weights of some rows.</summary>
    /// <returns>Their weights; empty where each weighs 1.</returns>
    public ReadOnlySpan<T> RowWeights(int first, int count) => _rowWeights is null ? default : _rowWeights.Read(first, count);

    /// <summary>Gets the weight of a row.</summary>
    public double RowWeight(int row) => _rowWeights is null ? 1 : double.CreateTruncating(_rowWeights.Read(row, 1)[0]);

    /// <summary>Gets the class of a row, the one with the largest target where labels are soft.</summary>
    public int ClassIndex(int row) => int.CreateTruncating(Indices(row, 1)[0]);

    /// <summary>Gets the targets of a row.</summary>
    /// <returns>The <c>C</c> targets; empty where labels are hard.</returns>
    public ReadOnlySpan<T> Targets(int row) => _memory.Targets is null ? default : _memory.Targets.Read((nint)row * Classes, Classes);

    /// <summary>Gets the offsets of a row.</summary>
    /// <returns>The <c>C</c> offsets; empty for none.</returns>
    public ReadOnlySpan<T> Offsets(int row) => _memory.Offsets is null ? default : _memory.Offsets.Read((nint)row * Classes, Classes);

    /// <summary>Gets a feature of a row.</summary>
    public double Feature(int row, int feature)
    {
        int blockRows = PackedRows<T>.BlockRows;
        return double.CreateTruncating(Blocks(row / blockRows, 1)[(feature * blockRows) + (row % blockRows)]);
    }

    /// <summary>Reads a row.</summary>
    public void ReadRow(int row, Span<double> features) =>
        Read(Blocks(row / PackedRows<T>.BlockRows, 1), row % PackedRows<T>.BlockRows, features);

    /// <summary>Reads a row of a block.</summary>
    public static void Read(ReadOnlySpan<T> block, int lane, Span<double> features)
    {
        for (int k = 0; k < features.Length; k++)
        {
            features[k] = double.CreateTruncating(block[(k * PackedRows<T>.BlockRows) + lane]);
        }
    }

    /// <summary>Copies rows that begin with a block.</summary>
    public void CopyRows(int first, Span<T> rows)
    {
        int blockRows = PackedRows<T>.BlockRows;
        int count = rows.Length / Features;
        RowUnpacker.CopyRows(Blocks(first / blockRows, (count + blockRows - 1) / blockRows), Features, rows);
    }

    /// <summary>Visits the rows of positive weight of a piece of a chunk, in the order in which they lie, until the visitor has seen enough.</summary>
    public void VisitPiece(int chunk, int piece, RowVisitor visitor)
    {
        (nint first, int count) = RowsOf(chunk, piece);
        Visit(first, first + count, stride: 1, visitor);
    }

    /// <summary>Visits rows of positive weight, in the order in which they lie, until the visitor has seen enough.</summary>
    /// <returns>The row to go on with; <see cref="Count"/> or more where all were visited.</returns>
    public long Visit(long first, long stride, RowVisitor visitor) => Visit(first, Count, stride, visitor);

    private long Visit(long first, long end, long stride, RowVisitor visitor)
    {
        int targetCount = HasTargets ? Classes : 0;
        int offsetCount = HasOffsets ? Classes : 0;
        double[] rented = ArrayPool<double>.Shared.Rent(Features + 1 + targetCount + offsetCount);
        Span<double> columns = rented.AsSpan(0, Features + 1);
        Span<double> targets = rented.AsSpan(columns.Length, targetCount);
        Span<double> offsets = rented.AsSpan(columns.Length + targetCount, offsetCount);
        columns[0] = 1;
        bool goesOn = true;
        long index = first;
        for (; goesOn && index < end; index += stride)
        {
            int row = (int)index;
            double weight = RowWeight(row);
            if (weight > 0)
            {
                ReadRow(row, columns[1..]);
                Precision.Widen(Targets(row), targets);
                Precision.Widen(Offsets(row), offsets);
                goesOn = visitor(new TrainingRow { Columns = columns, ClassIndex = ClassIndex(row), Weight = weight, Targets = targets, Offsets = offsets });
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        return index;
    }

    /// <summary>Gathers rows from wherever they lie.</summary>
    public void Gather(ReadOnlySpan<int> rows, RowBatch<T> batch)
    {
        batch.Clear();
        int blockRows = PackedRows<T>.BlockRows;
        foreach (int row in rows)
        {
            T weight = _rowWeights is null ? T.One : _rowWeights.Read(row, 1)[0];
            batch.Add(Blocks(row / blockRows, 1), row % blockRows, Indices(row, 1)[0], weight, Offsets(row));
        }
    }

    /// <summary>Frees what is not another store's.</summary>
    public void Dispose()
    {
        if (_rowWeights != _memory.RowWeights)
        {
            _rowWeights?.Dispose();
        }

        if (!_isReweighed)
        {
            _memory.Dispose();
        }
    }

    private static RowMemory<T> Pack(TrainingRows<T> data, ModelShape shape, int maxThreads)
    {
        var memory = new RowMemory<T>(shape, data.Rows.Length / shape.Features);
        memory.Fill(data, maxThreads);
        return memory;
    }

    private int PieceRows => _memory.IsConverted ? RowMemory<T>.PieceRows(Features) : int.MaxValue;

    private (nint First, int Count) RowsOf(int chunk, int piece)
    {
        int before = piece * PieceRows;
        return (_chunks.FirstRow(chunk) + before, Math.Min(PieceRows, _chunks.RowsIn(chunk) - before));
    }

    private static int RoundUpToGroup(int rows) => (int)RowMemory<T>.RoundUp(rows, PackedRows<T>.GroupRows);

    private ReadOnlySpan<T> Indices(nint first, int count) => _memory.ClassIndices.Read(first, count);
}
