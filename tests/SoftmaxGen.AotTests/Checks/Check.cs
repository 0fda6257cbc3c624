namespace SoftmaxGen.AotTests.Checks;

/// <summary>Comparisons. The first that fails ends the program with an exception that says which; their number shows that there were any.</summary>
internal static class Check
{
    /// <summary>Gets the number of comparisons so far.</summary>
    public static long Count { get; private set; }

    /// <summary>Insists that a number is within an absolute tolerance; NaN never is.</summary>
    public static void Close(double expected, double actual, double tolerance, string what) =>
        That(actual >= expected - tolerance && actual <= expected + tolerance, $"{what} is {actual:R}; expected {expected:R} within {tolerance:R}.");

    /// <summary>Insists that the numbers of a vector are within an absolute tolerance.</summary>
    public static void AllClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Equal(expected.Length, actual.Length, $"the length of {what}");
        for (int i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], tolerance, $"{what}[{i}]");
        }
    }

    /// <summary>Insists that two values are the same.</summary>
    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} is {actual}; expected {expected}.");

    /// <summary>Insists that all values are the same; NaN is the same as NaN.</summary>
    public static void AllEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
    {
        Equal(expected.Length, actual.Length, $"the length of {what}");
        for (int i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], $"{what}[{i}]");
        }
    }

    /// <summary>Insists that a call throws.</summary>
    public static void Throws<TException>(Action call, string what)
        where TException : Exception
    {
        bool isRefused = false;
        try
        {
            call();
        }
        catch (TException)
        {
            isRefused = true;
        }

        That(isRefused, $"{what} is not refused.");
    }

    private static void That(bool isSo, string otherwise)
    {
        Count++;
        if (!isSo)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
