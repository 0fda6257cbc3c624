using SoftmaxGen.Data;
using SoftmaxGen.Ranks;

namespace SoftmaxGen;

/// <summary>What ranks ask and tell their group.</summary>
public static class ProcessGroupExtensions
{
    // Far beyond what machines hold, and within what numbers of chunks count.
    private const long MostRows = 1L << 50;

    /// <summary>
    /// Says that this rank has done its work: the last that every rank says. One that still waits for this one hears of it by a
    /// <see cref="ProcessGroupException"/>, and does not wait for ever. <c>MpiProcessGroup.Run</c> says so by itself.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    public static void Leave(this IProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        new RankExchange(group).Tell("has left before its work was done.");
    }

    /// <summary>
    /// Tells which rows a rank takes, so that all ranks have about as many. Rows are cut where one process would cut them for its threads, at multiples of
    /// 8,192 rows or more: that gives the weights the same bits for any number of ranks. There are at most 64 such parts.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="rows">The number of all rows.</param>
    /// <returns>The rows of this rank.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows for each rank to have some, or more than 2^50.</exception>
    public static RankShare ShareOf(this IProcessGroup group, long rows)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MostRows);
        var chunks = Chunks.Create(rows);
        if (chunks.Count < group.Size)
        {
            throw Refusal.OutOfRange(nameof(rows), rows, $"{rows} rows can be cut for {chunks.Count} ranks at most; there are {group.Size}.");
        }

        long first = FirstRow(group.Rank);
        return new RankShare(first, FirstRow(group.Rank + 1) - first);

        long FirstRow(int rank) => Math.Min(rows, chunks.FirstRow((int)((long)rank * chunks.Count / group.Size)));
    }
}
