using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Numerics;

/// <summary>Tells vectors apart by their bits.</summary>
internal static class VectorHash
{
    /// <summary>Computes a number that equal vectors have in common, and hardly any others.</summary>
    /// <returns>The number; not negative.</returns>
    public static long Of(ReadOnlySpan<double> vector, long seed) => Of(MemoryMarshal.Cast<double, long>(vector), seed);

    /// <summary>Computes a number that equal texts have in common, and hardly any others.</summary>
    /// <returns>The number; not negative.</returns>
    public static long Of(string text) => Of([.. text.Select(static letter => (long)letter)], text.Length);

    private static long Of(ReadOnlySpan<long> numbers, long seed)
    {
        ulong hash = (ulong)seed;
        foreach (long number in numbers)
        {
            hash = BitOperations.RotateLeft(hash ^ (ulong)number, 29) * 0x9E3779B97F4A7C15;
        }

        return (long)(hash & long.MaxValue);
    }
}
