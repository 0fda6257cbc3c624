using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// Where the parts of the second-order scratch begin, in doubles; each begins on a 64-byte boundary. It is rented from the array pool: a
/// call of these kernels is long enough not to notice.
/// </summary>
internal sealed record CurvatureLayout
{
    private const int BlockDoubles = ScratchLayout.BlockDoubles;

    // A tile's pairs and products are read several times; they should stay in the second-level cache.
    private const int TileBytes = 256 * 1024;

    private const int LargestTile = 64;

    /// <summary>The scaled weights of the contrasts.</summary>
    public const int Weights = 0;

    /// <summary>Blocks per tile.</summary>
    public required int TileBlocks { get; init; }

    /// <summary>The scaled direction of a Hessian-vector product.</summary>
    public required int Direction { get; init; }

    /// <summary>The sums of the gradient's shape or of the Hessian's.</summary>
    public required int Sums { get; init; }

    /// <summary>The doubles of the sums.</summary>
    public required int SumDoubles { get; init; }

    /// <summary>The weights of the rows, when the training set has none.</summary>
    public required int RowWeights { get; init; }

    /// <summary>The probabilities of the tile.</summary>
    public required int Probabilities { get; init; }

    /// <summary>The contrasts of the direction, and then the residuals; or the pairs of contrasts.</summary>
    public required int Coefficients { get; init; }

    /// <summary>The pairs of columns.</summary>
    public required int ColumnPairs { get; init; }

    /// <summary>The doubles in all, alignment included.</summary>
    public required int Length { get; init; }

    public static CurvatureLayout For(KernelPlan plan)
    {
        ProductShape? hessian = plan.Hessian?.Product;
        int coefficients = Math.Max(plan.Contrasts, hessian?.Coefficients ?? 0);
        int columnPairs = plan.Hessian is { IsFused: false } ? hessian!.Features : 0;
        int tileBlocks = ChooseTile(plan.Contrasts + coefficients + columnPairs);
        int weights = ScratchLayout.RoundUp(plan.Contrasts * plan.Columns);
        int sumDoubles = ScratchLayout.RoundUp(Math.Max(plan.Gradient.SumDoubles, hessian?.SumDoubles ?? 0));
        int sums = 2 * weights;
        int rowWeights = sums + sumDoubles;
        int probabilities = rowWeights + (tileBlocks * BlockDoubles);
        int coefficientTile = probabilities + (tileBlocks * plan.Contrasts * BlockDoubles);
        int columnTile = coefficientTile + (tileBlocks * coefficients * BlockDoubles);
        return new CurvatureLayout
        {
            TileBlocks = tileBlocks,
            Direction = weights,
            Sums = sums,
            SumDoubles = sumDoubles,
            RowWeights = rowWeights,
            Probabilities = probabilities,
            Coefficients = coefficientTile,
            ColumnPairs = columnTile,
            Length = columnTile + (tileBlocks * columnPairs * BlockDoubles) + ScratchLayout.Slack,
        };
    }

    private static int ChooseTile(int vectorsPerBlock)
    {
        int blocks = LargestTile;
        while (blocks > 2 * ScratchLayout.GroupBlocks && (long)blocks * vectorsPerBlock * BlockLayout.VectorBytes > TileBytes)
        {
            blocks /= 2;
        }

        return blocks;
    }
}
