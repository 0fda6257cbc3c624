namespace SoftmaxGen.Tests.Kernels;

/// <summary>Assertions about allocation.</summary>
internal static class AssertAllocation
{
    /// <summary>Asserts that an action does not allocate once it has run.</summary>
    public static void None(Action action)
    {
        // A collection beside the test may empty the array pool: one clean attempt in five proves the point.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
