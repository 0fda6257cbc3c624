namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// How row-major rows of two classes are added as they stand, without being packed: the lanes of a vector are features of one row, not rows. Only at 512 bit.
/// A block of rows goes through scores, softmax and gradient at once, while its cache lines are near.
/// </summary>
/// <param name="Shape">The sizes of the model.</param>
internal sealed record DirectPlan(Shape Shape)
{
    /// <summary>The only width it is used at: narrower vectors need more of them per row, and pack with fewer shuffles.</summary>
    public static int Bits => VectorTarget.Avx512.Bits;

    /// <summary>Blocks between additions to the sums: a logarithm, and scalar additions of all features.</summary>
    public const int TileBlocks = 64;

    // What exceeds the registers is read from memory: weights and gradient sums.
    private const int MostVectors = 32;

    // What is fetched ahead stays near until it is read.
    private const int BytesAhead = 8 * 1024;

    /// <summary>Features per vector.</summary>
    public int Lanes => Shape.BlockRows;

    /// <summary>Vectors per row; the last shares features with the one before unless the features fill it.</summary>
    public int Vectors => ((Shape.Features - 1) / Lanes) + 1;

    /// <summary>The features ahead of the last vector's own.</summary>
    public int FirstOfLastVector => (Vectors - 1) * Lanes;

    /// <summary>The lanes of the last vector that hold features of the vector before: their weights are 0.</summary>
    public int SharedLanes => (Vectors * Lanes) - Shape.Features;

    /// <summary>Blocks from the one at hand to the one that is fetched.</summary>
    public int BlocksAhead => ((BytesAhead - 1) / (Shape.Features * KernelPlan.BlockBytes)) + 1;

    /// <summary>
    /// Chooses the direct form where it is faster than packing; null otherwise. Each contrast adds up lanes anew, where packing has them in order for all contrasts:
    /// more than one gain little or nothing.
    /// </summary>
    public static DirectPlan? Choose(Shape shape)
    {
        var plan = new DirectPlan(shape);
        return shape.Contrasts == 1 && shape.Features >= plan.Lanes && plan.Vectors <= MostVectors ? plan : null;
    }

    /// <summary>Where a vector of features begins in its row.</summary>
    public int FirstFeature(int vector) => Math.Min(vector * Lanes, Shape.Features - Lanes);
}
