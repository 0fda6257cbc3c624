using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>The processors that kernels of one vector width are planned for.</summary>
/// <param name="Bits">The bits of a vector.</param>
/// <param name="Registers">The vector registers.</param>
/// <param name="CyclesPerFarLine">
/// The cycles that each reading of a row vector takes longer where the next tile leaves no room for it in the first-level cache. With few registers no tile
/// avoids many readings, so there they are not counted.
/// </param>
/// <param name="RowVectors">The most vectors of classes whose scores stay in registers from the sums of one row to its prediction.</param>
/// <param name="RowSums">Vectors of sums that the prediction of one row holds at a time.</param>
/// <param name="BatchSums">Those that the prediction of a packed block holds: the rest is for features and, without AVX-512, for a weight.</param>
/// <param name="Exponentials">Exponentials of the prediction of a batch without a loop over the classes.</param>
internal sealed record VectorTarget(int Bits, int Registers, double CyclesPerFarLine, int RowVectors, int RowSums, int BatchSums, int Exponentials)
{
    private const int FewRegisters = 16;

    /// <summary>x86 with AVX-512.</summary>
    public static VectorTarget Avx512 { get; } = new(512, 32, CyclesPerFarLine: 0.5, RowVectors: 12, RowSums: 24, BatchSums: 26, Exponentials: 10);

    /// <summary>x86 with AVX2 and fused multiply-add.</summary>
    public static VectorTarget Avx2 { get; } = new(256, 16, CyclesPerFarLine: 0, RowVectors: 8, RowSums: 12, BatchSums: 12, Exponentials: 4);

    /// <summary>
    /// 128-bit vectors of any processor. One plan serves x86, which has 16 registers and at this width no fused multiply-add, and Arm, which has 32 and has it:
    /// it counts on what both have.
    /// </summary>
    public static VectorTarget Any128 { get; } = Avx2 with { Bits = 128, RowVectors = 16 };

    /// <summary>The targets, the widest first: of these the JIT compiler takes the first that the hardware supports.</summary>
    public static IReadOnlyList<VectorTarget> All { get; } = [Avx512, Avx2, Any128];

    /// <summary>The registers that a stage may fill: one is left to the compiler.</summary>
    public int FreeRegisters => Registers - 1;

    /// <summary>
    /// Whether more than a few exponentials are taken one by one. The long polynomial of double precision takes most of 16 registers: side by side exponentials
    /// move one another to the stack, where vectors straddle cache lines, while the core begins the next one by itself before this one ends.
    /// </summary>
    public bool TakesExponentialsOneByOne(Shape shape) => Registers <= FewRegisters && shape.Precision == Precision.Double;

    /// <summary>Vectors that make up one 64-byte row vector of a block.</summary>
    public int VectorsPerBlock => BlockLayout.VectorBytes * 8 / Bits;

    /// <summary>The numbers that a vector holds.</summary>
    public int Lanes(Shape shape) => Bits / 8 / shape.ScalarBytes;
}
