namespace SoftmaxGen.Tests.Kernels;

/// <summary>Assertions about allocation.</summary>
internal static class AssertAllocation
{
    private const int Attempts = 5;

    /// <summary>Asserts that an action does not allocate once it has run.</summary>
    public static void None(Action action) => Assert.Equal(0, Least(action));

    /// <summary>Measures what an action allocates once it has run.</summary>
    /// <returns>The least of some attempts: a collection beside one may empty the array pool, and counts what it leaves of the thread's memory.</returns>
    public static long Least(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
