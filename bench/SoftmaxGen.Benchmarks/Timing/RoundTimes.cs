namespace SoftmaxGen.Benchmarks.Timing;

/// <summary>The time of one pass over many rounds, in nanoseconds.</summary>
/// <param name="Minimum">That of the fastest round: the code itself, with the least of other programs' doing in it.</param>
/// <param name="Median">That of the middle round: what to expect on this machine at this hour.</param>
internal readonly record struct RoundTimes(double Minimum, double Median)
{
    /// <summary>Summarises the times of rounds.</summary>
    /// <param name="times">The times, at least one; sorted by this method.</param>
    /// <returns>The fastest and the middle one.</returns>
    public static RoundTimes Of(double[] times)
    {
        Array.Sort(times);
        return new RoundTimes(times[0], times[times.Length / 2]);
    }

    /// <summary>Divides the times, for a pass that does something many times over.</summary>
    /// <param name="times">A time.</param>
    /// <param name="count">How many times the pass does it.</param>
    /// <returns>The times of one.</returns>
    public static RoundTimes operator /(RoundTimes times, double count) => new(times.Minimum / count, times.Median / count);
}
