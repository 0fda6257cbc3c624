using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// How short row-major rows are added without being packed into a tile first: block by block, each transposed in registers and scored while the
/// block before goes through its softmax and its gradient. Only at 512 bit.
/// </summary>
/// <param name="Shape">The sizes of the model.</param>
internal sealed record ShortRowsPlan(Shape Shape)
{
    /// <summary>The only width it is used at: 16 registers do not hold the sums beside what the exponential needs.</summary>
    public static int Bits => VectorTarget.Avx512.Bits;

    // The gradient sums stay in registers from the first block to the last; the other half is for the stages.
    private const int MostSums = 16;

    // With more features of two classes, rows are faster as they stand.
    private const int LongestOfTwo = 13;

    // What is fetched ahead stays near until it is read.
    private const int BytesAhead = 8 * 1024;

    // Weights beside the sums of so many features leave registers for one exponential.
    private const int MostHeldWeights = 11;

    /// <summary>
    /// Blocks between additions to the sums, which take as long as three blocks. In single precision they come as often as for packed rows, because
    /// sums within a tile are single, too.
    /// </summary>
    public int TileBlocks => Shape.Precision == Precision.Double ? 512 : 64;

    /// <summary>Blocks from the one at hand to the one that is fetched.</summary>
    public int BlocksAhead => ((BytesAhead - 1) / (Shape.Features * KernelPlan.BlockBytes)) + 1;

    /// <summary>Features that are transposed at once.</summary>
    public int FeaturesAtOnce => Math.Min(4, Shape.Features);

    /// <summary>Whether weights are held in registers; otherwise they are broadcast from memory wherever they multiply.</summary>
    public bool HoldsWeights => Shape.Contrasts == 1 && Shape.Columns <= MostHeldWeights;

    /// <summary>Chooses this form where it is faster than packing a tile or adding rows as they stand; null otherwise.</summary>
    public static ShortRowsPlan? Choose(Shape shape)
    {
        bool areShort = shape.Features > 1 && shape.Contrasts * shape.Columns <= MostSums && (shape.Contrasts > 1 || shape.Features <= LongestOfTwo);
        return areShort ? new ShortRowsPlan(shape) : null;
    }
}
