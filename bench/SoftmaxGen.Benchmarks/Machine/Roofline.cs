using System.Runtime.Intrinsics;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>What one core can do at best, measured in this process at the widest vectors in force; a limit for every kernel.</summary>
internal sealed record Roofline
{
    // Half of a second-level cache of 1 MiB.
    private const int CachedBytes = 512 * 1024;

    // Several times a third-level cache.
    private const int MemoryBytes = 256 * 1024 * 1024;

    // Rows that take more than this are set against main memory, not the cache: about a core's share of a third-level cache.
    private const long LargestCachedRows = 8 * 1024 * 1024;

    /// <summary>Gets the peak of multiply-adds, in GFLOP/s.</summary>
    public required double MultiplyAddPeak { get; init; }

    /// <summary>Gets the cost of an exponential, in nanoseconds.</summary>
    public required double ExponentialCost { get; init; }

    /// <summary>Gets the bandwidth of the second-level cache, in GB/s.</summary>
    public required double CacheBandwidth { get; init; }

    /// <summary>Gets the bandwidth of main memory, in GB/s.</summary>
    public required double MemoryBandwidth { get; init; }

    /// <summary>Measures this machine.</summary>
    /// <returns>Its roofline.</returns>
    public static Roofline Measure() => HardwareVectors.Bits switch
    {
        512 => Measure<Width512, Vector512<double>>(),
        256 => Measure<Width256, Vector256<double>>(),
        _ => Measure<Width128, Vector128<double>>(),
    };

    /// <summary>
    /// Counts the floating-point operations of a row: a multiplication and an addition per weight for the scores, and again for the gradient.
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The number of operations.</returns>
    public static double Operations(ModelShape shape) => 4.0 * shape.ParameterCount;

    /// <summary>
    /// Computes the least time for the loss and gradient of a row in double precision:
    /// <c>max(4 C (m+1) / peak + C * exponential, 8 m / bandwidth)</c>, in nanoseconds.
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rowCount">The number of rows, which decides where they are read from.</param>
    /// <returns>The time and the resource that sets it.</returns>
    public (double Nanoseconds, string Resource) LimitPerRow(ModelShape shape, int rowCount)
    {
        double rowBytes = shape.Features * (double)sizeof(double);
        bool isCached = rowBytes * rowCount <= LargestCachedRows;
        double arithmetic = (Operations(shape) / MultiplyAddPeak) + (shape.Classes * ExponentialCost);
        double reading = rowBytes / (isCached ? CacheBandwidth : MemoryBandwidth);
        return arithmetic >= reading ? (arithmetic, "arithmetic") : (reading, isCached ? "cache" : "memory");
    }

    private static Roofline Measure<TWidth, TVector>()
        where TWidth : IVectorWidth<TVector>
        where TVector : struct
    {
        var cached = new ReadProbe<TWidth, TVector>(CachedBytes);
        Stopclock.WarmUp(MultiplyAddProbe<TWidth, TVector>.Pass, ExponentialProbe<TWidth, TVector>.Pass, cached.Pass);
        RoundTimes[] times = Stopclock.Compare(
            MultiplyAddProbe<TWidth, TVector>.Pass,
            ExponentialProbe<TWidth, TVector>.Pass,
            cached.Pass,
            new ReadProbe<TWidth, TVector>(MemoryBytes).Pass);
        return new Roofline
        {
            MultiplyAddPeak = MultiplyAddProbe<TWidth, TVector>.Operations / times[0].Minimum,
            ExponentialCost = times[1].Minimum / ExponentialProbe<TWidth, TVector>.Count,
            CacheBandwidth = CachedBytes / times[2].Minimum,
            MemoryBandwidth = MemoryBytes / times[3].Minimum,
        };
    }
}
