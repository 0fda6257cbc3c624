namespace SoftmaxGen.Tests.Ranks;

/// <summary>A group of ranks that are threads of this process. A rank that waits too long for the others throws: nothing here hangs.</summary>
internal sealed class ThreadGroup : IProcessGroup
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Barrier _barrier;
    private readonly byte[][] _parts;

    private ThreadGroup(int rank, Barrier barrier, byte[][] parts)
    {
        Rank = rank;
        _barrier = barrier;
        _parts = parts;
    }

    public int Rank { get; }

    public int Size => _parts.Length;

    /// <summary>Gets the number of gathers so far.</summary>
    public int Gathers { get; private set; }

    /// <summary>Runs a rank's work on as many threads.</summary>
    /// <returns>What each rank returns, or the exception that it throws.</returns>
    public static (T? Value, Exception? Failure)[] Try<T>(int size, Func<ThreadGroup, T> work)
    {
        using var barrier = new Barrier(size);
        byte[][] parts = new byte[size][];
        var results = new (T? Value, Exception? Failure)[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = (work(new ThreadGroup(rank, barrier, parts)), null);
            }
#pragma warning disable CA1031 // Whatever a rank throws is what the test looks at.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                results[rank] = (default, failure);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }

    /// <summary>Runs a rank's work on as many threads.</summary>
    /// <returns>What each rank returns.</returns>
    public static T[] Run<T>(int size, Func<ThreadGroup, T> work) => [.. Try(size, work).Select(result =>
    {
        Assert.Null(result.Failure);
        return result.Value!;
    })];

    public void Gather(ReadOnlySpan<byte> own, ReadOnlySpan<int> lengths, Span<byte> all)
    {
        Gathers++;
        _parts[Rank] = own.ToArray();
        Meet();
        int start = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            // What MPI asks for: every rank knows how much each has to say.
            Assert.Equal(lengths[rank], _parts[rank].Length);
            _parts[rank].CopyTo(all[start..]);
            start += lengths[rank];
        }

        Assert.Equal(all.Length, start);
        Meet();
    }

    private void Meet()
    {
        if (!_barrier.SignalAndWait(_patience))
        {
            throw new TimeoutException($"Rank {Rank} has waited for the others for too long.");
        }
    }
}
