namespace SoftmaxGen.Data;

/// <summary>
/// How rows are cut for summation: into chunks of a size that depends on the number of rows alone, never on threads, so that the partial
/// sums, and with them the bits of the result, are the same however many threads share the work.
/// </summary>
internal readonly record struct Chunks
{
    // Large enough that the preparation of the weights per chunk is nothing, small enough to balance a handful of threads.
    private const int SmallestChunk = 8192;

    // Bounds the memory of the partial gradients.
    private const int MostChunks = 64;

    private readonly int _rows;
    private readonly int _chunkRows;

    private Chunks(int rows, int chunkRows)
    {
        _rows = rows;
        _chunkRows = chunkRows;
    }

    /// <summary>Gets the number of chunks.</summary>
    public int Count => ((_rows - 1) / _chunkRows) + 1;

    /// <summary>Cuts rows into chunks.</summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <returns>The chunks.</returns>
    public static Chunks Create(int rows)
    {
        int even = ((rows - 1) / MostChunks) + 1;
        int multiples = ((even - 1) / SmallestChunk) + 1;
        return new Chunks(rows, (int)Math.Min((long)multiples * SmallestChunk, int.MaxValue));
    }

    /// <summary>Gets the first row of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>The row.</returns>
    public nint FirstRow(int chunk) => (nint)chunk * _chunkRows;

    /// <summary>Gets the number of rows of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>The number of rows.</returns>
    public int RowsIn(int chunk) => (int)Math.Min(_chunkRows, _rows - FirstRow(chunk));
}
