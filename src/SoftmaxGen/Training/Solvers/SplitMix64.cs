namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// A generator of pseudo-random numbers whose sequence is the same on every machine and in every version of the framework (Steele, Lea and Flood,
/// <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014).
/// </summary>
/// <param name="seed">The seed.</param>
internal struct SplitMix64(int seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>Puts numbers in random order, every order equally likely.</summary>
    /// <param name="values">The numbers.</param>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>Draws a number from -1 to below 1, of 53 bits.</summary>
    /// <returns>The number.</returns>
    public double NextSymmetric() => ((Next() >> 11) * (1.0 / (1L << 52))) - 1;

    /// <summary>Draws a number from 0 to below a limit, by the high part of a product; the limit is so far below 2^64 that the bias is nothing.</summary>
    private int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
