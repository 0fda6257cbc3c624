using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>The vectors in force are those the run is about.</summary>
public class VectorWidthInForceTests
{
    [Fact]
    public void The_width_is_the_one_announced() => Assert.Equal(VectorWidth.Announced ?? VectorWidth.InForce, VectorWidth.InForce);

    [Fact]
    public void Vectors_of_512_bits_bring_the_instructions_of_their_exponential() =>
        Assert.True(!Vector512.IsHardwareAccelerated || (Avx512F.IsSupported && Avx512DQ.IsSupported));
}
