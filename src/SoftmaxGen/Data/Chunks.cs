namespace SoftmaxGen.Data;

/// <summary>
/// How rows are cut for summation: into chunks of a size that depends on the number of rows alone, never on threads, so that the partial
/// sums, and with them the bits of the result, are the same however many threads share the work.
/// </summary>
internal readonly record struct Chunks
{
    /// <summary>The most chunks. It bounds the memory of the partial gradients.</summary>
    public const int Most = 64;

    // Large enough that the preparation of the weights per chunk is nothing, small enough to balance a handful of threads.
    private const int SmallestChunk = 8192;

    private readonly long _rows;

    private Chunks(long rows, int chunkRows)
    {
        _rows = rows;
        ChunkRows = chunkRows;
    }

    /// <summary>Gets the number of rows of every chunk but the last.</summary>
    public int ChunkRows { get; }

    /// <summary>Gets the number of chunks.</summary>
    public int Count => (int)((_rows - 1) / ChunkRows) + 1;

    /// <summary>Cuts rows into chunks.</summary>
    public static Chunks Create(long rows)
    {
        long even = ((rows - 1) / Most) + 1;
        long multiples = ((even - 1) / SmallestChunk) + 1;
        return new Chunks(rows, (int)Math.Min(multiples * SmallestChunk, int.MaxValue / SmallestChunk * SmallestChunk));
    }

    /// <summary>Takes a part of the rows that begins where a chunk does, cut where all of them are.</summary>
    public Chunks Part(long rows) => new(rows, ChunkRows);

    /// <summary>Gets the first row of a chunk.</summary>
    public nint FirstRow(int chunk) => (nint)chunk * ChunkRows;

    /// <summary>Gets the number of rows of a chunk.</summary>
    public int RowsIn(int chunk) => (int)Math.Min(ChunkRows, _rows - FirstRow(chunk));
}
