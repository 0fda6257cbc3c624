using System.Globalization;
using System.Runtime.Intrinsics;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>The width of the vectors that generated code uses in this process.</summary>
internal static class VectorWidth
{
    /// <summary>The environment variable in which <see cref="VectorWidthTests"/> announces to a child process the width to be expected.</summary>
    public const string Variable = "SOFTMAXGEN_TESTS_VECTOR_BITS";

    /// <summary>Gets the width in bits, 0 when nothing is accelerated.</summary>
    public static int InForce =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Gets the width that was announced, or null in a run of all tests.</summary>
    public static int? Announced => Environment.GetEnvironmentVariable(Variable) is { } bits ? int.Parse(bits, CultureInfo.InvariantCulture) : null;
}
