using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Ranks;

/// <summary>
/// The fold of chunks that lie on several ranks, in their order, one rank's after the other's. All ranks get all chunks' numbers and fold them alike; or, where
/// these are many, the ranks fold their own chunks into the running total one after the other.
/// </summary>
internal sealed class RankFold : IChunkFold
{
    // Numbers that are sent whole, and from how many chunks of a rank on it is better to send their sum.
    private const long MostNumbers = 1 << 15;
    private const int ManyChunks = 4;

    // Rows at a time that others look at: few first, since often the first row answers.
    private const int FewestRows = 64;
    private const int MostRows = 4096;

    // Questions of passes are not negative.
    private const long VisitQuestion = -1;
    private const long HearQuestion = -2;
    private const long JoinQuestion = -3;

    private readonly RankExchange _exchange;
    private readonly Chunks _chunks;
    private readonly long _firstRow;
    private double[] _own = [];

    private RankFold(RankExchange exchange, long rows, long firstRow)
    {
        _exchange = exchange;
        _chunks = Chunks.Create(rows);
        _firstRow = firstRow;
        RowCount = rows;
    }

    public long RowCount { get; }

    public bool IsWhole => _exchange.Size == 1;

    public bool IsFirst => _exchange.Rank == 0;

    /// <summary>Meets the other ranks and puts the rows of all of them one after the other.</summary>
    /// <exception cref="ArgumentException">The rows of the ranks do not fit each other.</exception>
    /// <exception cref="ProcessGroupException">A rank has failed.</exception>
    public static RankFold Create<T>(RankExchange exchange, RowStore<T> rows, ModelShape shape, string parameterName)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] own = [rows.Count, VectorHash.Of(shape.Fingerprint) >> 12, Forms(rows), Processor()];
        double[] all = exchange.Gather(JoinQuestion, own).ToArray();
        long total = 0;
        long firstRow = 0;
        for (int rank = 0; rank < exchange.Size; rank++)
        {
            ReadOnlySpan<double> other = all.AsSpan(rank * own.Length, own.Length);
            Require(other[1] == all[1], rank, "has rows of another model than rank 0.", parameterName);
            Require(
                other[2] == all[2],
                rank,
                "has not what rank 0 has: either all ranks have weights of rows, soft labels or offsets, or none has.",
                parameterName);
            Require(
                other[3] == all[3],
                rank,
                "has a processor with other vector instructions than rank 0, and would not compute the same bits. "
                + "DOTNET_EnableAVX512=0 or DOTNET_EnableAVX2=0 in the environment of all ranks makes processors alike.",
                parameterName);
            firstRow += rank < exchange.Rank ? (long)other[0] : 0;
            total += (long)other[0];
        }

        var fold = new RankFold(exchange, total, firstRow);
        fold.RequireWholeChunks(all, own.Length, parameterName);
        return fold;
    }

    /// <summary>Cuts the rows of this rank where all of them are cut.</summary>
    public Chunks Cut(long rows) => _chunks.Part(rows);

    public void Fold(double[][] partials, Folding folding, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> total)
    {
        long question = VectorHash.Of(weights, VectorHash.Of(direction, ((long)folding << 32) + total.Length));
        bool sendsSums = (long)_chunks.Count * total.Length > MostNumbers && _chunks.Count >= ManyChunks * _exchange.Size;
        ChunkFold.Begin(folding, total);
        if (sendsSums)
        {
            FoldInTurn(partials, folding, question, total);
            return;
        }

        Span<double> own = Own(partials.Length * total.Length);
        for (int chunk = 0; chunk < partials.Length; chunk++)
        {
            partials[chunk].CopyTo(own[(chunk * total.Length)..]);
        }

        for (ReadOnlySpan<double> rest = _exchange.Gather(question, own); !rest.IsEmpty; rest = rest[total.Length..])
        {
            ChunkFold.Add(folding, rest[..total.Length], total);
        }
    }

    public (int First, int End) Share(int chunks) =>
        (chunks * _exchange.Rank / _exchange.Size, chunks * (_exchange.Rank + 1) / _exchange.Size);

    public void Visit<T>(RowStore<T> rows, long stride, RowVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var batch = new VisitedRows(rows.Features + 1, rows.HasTargets ? rows.Classes : 0, rows.HasOffsets ? rows.Classes : 0);
        for (int rank = 0; rank < _exchange.Size; rank++)
        {
            long next = (stride - (_firstRow % stride)) % stride;
            bool goesOn = true;
            for (int most = FewestRows; goesOn; most = Math.Min(2 * most, MostRows))
            {
                batch.Clear();
                if (rank == _exchange.Rank)
                {
                    next = rows.Visit(next, stride, row => batch.Add(row) < most);
                    batch.GoesOn = next < rows.Count;
                }

                ReadOnlySpan<double> numbers = _exchange.Gather(VisitQuestion, batch.Numbers);
                if (!batch.Show(numbers, visitor))
                {
                    return;
                }

                goesOn = VisitedRows.Continues(numbers);
            }
        }
    }

    public ReadOnlySpan<double> Hear(ReadOnlySpan<double> numbers) => _exchange.Gather(HearQuestion, IsFirst ? numbers : default);

    public void Confirm(ReadOnlySpan<double> weights) => _exchange.Gather(VectorHash.Of(weights, seed: 1), default);

    public void Tell(Exception failure)
    {
        // What one rank has told, all know.
        if (failure is not ProcessGroupException)
        {
            _exchange.Tell(failure);
        }
    }

    private void FoldInTurn(double[][] partials, Folding folding, long question, Span<double> total)
    {
        for (int rank = 0; rank < _exchange.Size; rank++)
        {
            bool isOwn = rank == _exchange.Rank;
            for (int chunk = 0; isOwn && chunk < partials.Length; chunk++)
            {
                ChunkFold.Add(folding, partials[chunk], total);
            }

            ReadOnlySpan<double> running = _exchange.Gather(question, isOwn ? total : default);
            running.CopyTo(total);
        }
    }

    private Span<double> Own(int length)
    {
        if (_own.Length < length)
        {
            _own = new double[length];
        }

        return _own.AsSpan(0, length);
    }

    private void RequireWholeChunks(double[] all, int stride, string parameterName)
    {
        long first = 0;
        for (int rank = 0; rank < _exchange.Size; rank++)
        {
            Require(
                first % _chunks.ChunkRows == 0,
                rank,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"begins at row {first} of {RowCount}: the rows of all ranks must be cut at multiples of {_chunks.ChunkRows} rows, as "
                    + $"{nameof(ProcessGroupExtensions)}.{nameof(ProcessGroupExtensions.ShareOf)} does. Incomplete rows are to be left out before."),
                parameterName);
            first += (long)all[rank * stride];
        }
    }

    private static void Require(bool isRight, int rank, string otherwise, string parameterName)
    {
        if (!isRight)
        {
            throw Refusal.Argument($"Rank {rank} {otherwise}", parameterName);
        }
    }

    private static int Forms<T>(RowStore<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (rows.HasRowWeights ? 1 : 0) + (rows.HasTargets ? 2 : 0) + (rows.HasOffsets ? 4 : 0);

    // What decides over the order and the rounding of vector operations.
    private static int Processor() =>
        Vector<double>.Count + (Vector256.IsHardwareAccelerated ? 16 : 0) + (Vector512.IsHardwareAccelerated ? 32 : 0) + (Fma.IsSupported ? 64 : 0)
        + (Avx512F.IsSupported ? 128 : 0) + (Avx512DQ.IsSupported ? 256 : 0) + (AdvSimd.Arm64.IsSupported ? 512 : 0);
}
