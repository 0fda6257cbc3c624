using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Row-major rows of two classes are added as they stand: the lanes of a vector are features of one row, not rows. A block of rows goes through scores,
/// softmax and gradient at once, while its cache lines are near. Narrower vectors need more of them per row, and pack with fewer shuffles.
/// </summary>
internal sealed record DirectPlan(Shape Shape) : UnpackedForm(Shape)
{
    // What exceeds the registers is read from memory: weights and gradient sums.
    private const int MostVectors = 32;

    // A logarithm, and scalar additions of all features.
    public override int TileBlocks => 64;

    public override string Description => $"row-major rows are not packed: {Vectors} vectors of features a row";

    /// <summary>Features per vector.</summary>
    public int Lanes => Shape.BlockRows;

    /// <summary>Vectors per row; the last shares features with the one before unless the features fill it.</summary>
    public int Vectors => ((Shape.Features - 1) / Lanes) + 1;

    /// <summary>The features ahead of the last vector's own.</summary>
    public int FirstOfLastVector => (Vectors - 1) * Lanes;

    /// <summary>The lanes of the last vector that hold features of the vector before: their weights are 0.</summary>
    public int SharedLanes => (Vectors * Lanes) - Shape.Features;

    /// <summary>
    /// Where the gradient sums of a tile, vectors of features and the bias, begin in its scratch: behind the scaled weights of the contrast in vectors of
    /// features; its bias, one to a vector; and a block's residuals.
    /// </summary>
    public int SumsOffset => (Vectors + 2) * ScratchLayout.BlockDoubles;

    public override int ScratchDoubles => SumsOffset + ((Vectors + 1) * ScratchLayout.BlockDoubles);

    /// <summary>
    /// Each contrast adds up lanes anew, where packing has them in order for all contrasts: more than one gain little or nothing.
    /// </summary>
    public static bool IsFaster(Shape shape) => shape.Contrasts == 1 && shape.Features >= shape.BlockRows && shape.Features <= MostVectors * shape.BlockRows;

    /// <summary>Where a vector of features begins in its row.</summary>
    public int FirstFeature(int vector) => Math.Min(vector * Lanes, Shape.Features - Lanes);
}
