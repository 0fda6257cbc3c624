using System.Runtime.Intrinsics;

namespace SoftmaxGen.Benchmarks.Machine;

/// <summary>The vectors that the runtime uses in this process.</summary>
internal static class HardwareVectors
{
    /// <summary>Gets the bits of the widest.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
