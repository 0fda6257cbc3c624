using System.Numerics;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>Weights for files: random bits, and the numbers that lose theirs most easily.</summary>
internal static class Weights
{
    private static readonly double[] _awkward =
    [
        0.0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014E-308, 2.225073858507201E-308,
        1.0 / 3, 0.1, 1e23, 9007199254740993.0, -1e-5, 1e16, 123456789012345680.0, Math.PI,
    ];

    /// <summary>Makes weights of one of the awkward numbers after the other, and then of random bits.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="count">The number of weights.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The weights, finite.</returns>
    public static T[] Make<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var weights = new T[count];
        for (int i = 0; i < count; i++)
        {
            // The awkward numbers of float are not roundings of those of double: the largest would not be finite.
            T value = i < _awkward.Length && T.IsFinite(T.CreateTruncating(_awkward[i])) ? T.CreateTruncating(_awkward[i]) : RandomBits<T>(random);
            weights[(i + seed) % count] = value;
        }

        return weights;
    }

    private static T RandomBits<T>(Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        while (true)
        {
            T value = typeof(T) == typeof(double)
                ? T.CreateTruncating(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
                : T.CreateTruncating(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
            if (T.IsFinite(value))
            {
                return value;
            }
        }
    }
}
