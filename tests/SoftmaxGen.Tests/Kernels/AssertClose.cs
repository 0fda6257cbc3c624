using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Assertions that numbers agree to a tolerance.</summary>
internal static class AssertClose
{
    /// <summary>Asserts that losses agree relative to the loss, or to 1 when it is smaller, and gradients relative to their largest entry.</summary>
    public static void Equal(MeanLoss expected, MeanLoss actual, double tolerance, string context)
    {
        AssertLoss(expected, actual, tolerance, context);
        Vector(expected.Gradient, actual.Gradient, tolerance, context);
    }

    /// <summary>
    /// Asserts the same, but each column of the gradient relative to the size of its feature: enormous features of some rows must not hide
    /// errors in the other columns.
    /// </summary>
    public static void Equal(MeanLoss expected, MeanLoss actual, double[] columnSizes, double tolerance, string context)
    {
        AssertLoss(expected, actual, tolerance, context);
        Assert.Equal(expected.Gradient.Length, actual.Gradient.Length);
        for (int i = 0; i < expected.Gradient.Length; i++)
        {
            (int j, int k) = int.DivRem(i, columnSizes.Length);
            Equal(expected.Gradient[i], actual.Gradient[i], tolerance * columnSizes[k], $"{context}: row {j}, column {k} of the gradient");
        }
    }

    /// <summary>Asserts that vectors agree relative to the largest entry.</summary>
    public static void Vector(double[] expected, double[] actual, double tolerance, string context)
    {
        double largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], tolerance * largest, $"{context}: element {i}");
        }
    }

    /// <summary>Asserts that a number is within an absolute tolerance; NaN never is.</summary>
    public static void Equal(double expected, double actual, double tolerance, string context)
    {
        // Not through the difference, which overflows between numbers near the largest.
        bool isClose = actual >= expected - tolerance && actual <= expected + tolerance;
        Assert.True(isClose, $"{context} is {actual:R}; expected {expected:R} within {tolerance:R}.");
    }

    private static void AssertLoss(MeanLoss expected, MeanLoss actual, double tolerance, string context) =>
        Equal(expected.Loss, actual.Loss, tolerance * Math.Max(1, expected.Loss), $"{context}: the loss");
}
