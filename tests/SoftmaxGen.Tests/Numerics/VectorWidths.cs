using System.Runtime.Intrinsics;

namespace SoftmaxGen.Tests.Numerics;

/// <summary>
/// Which of the variants named "512-bit double" and the like generated code may use here; 128 bit is what is left when nothing is
/// accelerated.
/// </summary>
internal static class VectorWidths
{
    public static bool Has(string variant) => variant.Split('-')[0] switch
    {
        "512" => Vector512.IsHardwareAccelerated,
        "256" => Vector256.IsHardwareAccelerated,
        _ => true,
    };
}
