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
}
