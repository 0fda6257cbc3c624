using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Short row-major rows are added block by block, each transposed in registers and scored while the block before goes through its softmax and its gradient.
/// 16 registers do not hold the sums beside what the exponential needs.
/// </summary>
internal sealed record ShortRowsPlan(Shape Shape) : UnpackedForm(Shape)
{
    // The gradient sums stay in registers from the first block to the last; the other half is for the stages.
    private const int MostSums = 16;

    // With more features of two classes, rows are faster as they stand.
    private const int LongestOfTwo = 13;

    /// <summary>The most features that are transposed at once.</summary>
    public const int MostAtOnce = 4;

    // Weights beside the sums of so many features leave registers for one exponential.
    private const int MostHeldWeights = 11;

    // Additions take as long as three blocks. In single precision they come as often as for packed rows, because sums within a tile are single, too.
    public override int TileBlocks => Shape.Precision == Precision.Double ? 512 : 64;

    public override string Description => "row-major rows go through registers block by block";

    /// <summary>Features that are transposed at once.</summary>
    public int FeaturesAtOnce => Math.Min(MostAtOnce, Shape.Features);

    /// <summary>Whether weights are held in registers; otherwise they are broadcast from memory wherever they multiply.</summary>
    public bool HoldsWeights => Shape.Contrasts == 1 && Shape.Columns <= MostHeldWeights;

    /// <summary>Whether it is faster than packing a tile or adding rows as they stand.</summary>
    public static bool IsFaster(Shape shape) =>
        shape.Features > 1 && shape.Contrasts * shape.Columns <= MostSums && (shape.Contrasts > 1 || shape.Features <= LongestOfTwo);
}
