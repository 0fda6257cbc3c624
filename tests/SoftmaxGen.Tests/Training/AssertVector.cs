namespace SoftmaxGen.Tests.Training;

/// <summary>Assertions on vectors.</summary>
internal static class AssertVector
{
    /// <summary>Asserts that two vectors have the same length and differ by no more than a tolerance in any element.</summary>
    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"Element {i} is {actual[i]:R}; expected {expected[i]:R} within {tolerance:R}.");
        }
    }
}
