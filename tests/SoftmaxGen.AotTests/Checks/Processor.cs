using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>What of the processor decides which kernels run.</summary>
internal static class Processor
{
    /// <summary>Describes the processor.</summary>
    /// <returns>The architecture, the width of the vectors, and how often a multiply-add rounds.</returns>
    public static string Describe()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        double step = Math.ScaleB(1, -30);

        // (1 + s) (1 - s) - 1: where the product is rounded on its own, it is 1 and nothing is left.
        bool roundsOnce = MultiplyAdd(1 + step, 1 - step, -1) == -(step * step);
        return $"{RuntimeInformation.ProcessArchitecture}, {bits} bits, {(AdvSimd.Arm64.IsSupported ? "AdvSimd" : "no AdvSimd")}, " +
            $"a multiply-add rounds {(roundsOnce ? "once" : "twice")}";
    }

    // Not inlined, so that the compiler, which may run on another processor, computes nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double MultiplyAdd(double a, double b, double c) =>
        Vector128.MultiplyAddEstimate(Vector128.Create(a), Vector128.Create(b), Vector128.Create(c))[1];
}
