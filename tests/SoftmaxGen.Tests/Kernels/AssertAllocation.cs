namespace SoftmaxGen.Tests.Kernels;

/// <summary>Assertions about allocation.</summary>
internal static class AssertAllocation
{
    /// <summary>Asserts that an action does not allocate once it has run.</summary>
    public static void None(Action action) => Assert.Equal(0, Bytes(action));

    /// <summary>Counts what an action allocates once it has run.</summary>
    public static long Bytes(Action action)
    {
        // A collection beside the test may empty the array pool, or take what is left of the thread's own memory: one clean attempt in five tells.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>
    /// Asserts that an action allocates what it should once it has run. Other tests beside this one make collections empty the array pool again and again, so
    /// that an action of a tenth of a second may need many attempts for a clean one.
    /// </summary>
    public static void InRange(int least, int most, Action action)
    {
        const int Attempts = 30;
        long bytes = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes >= least && bytes <= most)
            {
                return;
            }
        }

        Assert.InRange(bytes, least, most);
    }
}
