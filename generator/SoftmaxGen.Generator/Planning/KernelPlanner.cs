using System.Collections.Immutable;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>From a shape to a plan: pure arithmetic. docs/architecture.md explains the constants.</summary>
internal static class KernelPlanner
{
    // A tile is read several times while the next is fetched: both should fit the first-level cache (48 KiB on current cores).
    private const int TileBytes = 20 * 1024;

    private const int SmallestTile = 2 * ScratchLayout.GroupBlocks;

    // The additions to the gradient sums weigh on tiles of few blocks; twice as many are taken while the rows, which are read again for every few
    // contrasts, take no more than a third of that cache, and all of the tile no more than the whole.
    private const int ShortRowsTile = 2 * SmallestTile;
    private const int ShortRowsBytes = 16 * 1024;
    private const int ShortRowsTileBytes = 48 * 1024;

    private const int LargestTile = 64;

    // Whole vectors of gradient sums beyond this leave the second-level cache.
    private const int LargestVectorSums = 256 * 1024;

    public static KernelPlan Plan(ModelSpec model)
    {
        int scalarBytes = model.Precision == Precision.Double ? sizeof(double) : sizeof(float);
        int contrasts = model.Classes - 1;
        int columns = model.Features + 1;
        int tileBlocks = TileBlocks(contrasts, model.Features);
        var hessian = HessianPlan.Choose(contrasts, columns);
        var shortRows = ShortRowsPlan.Choose(contrasts, model.Features, scalarBytes);
        var plan = new KernelPlan
        {
            Model = model,
            Widths = ImmutableArray.Create(
                PlanWidth(512, scalarBytes, contrasts, model.Features, hessian),
                PlanWidth(256, scalarBytes, contrasts, model.Features, hessian),
                PlanWidth(128, scalarBytes, contrasts, model.Features, hessian)).ToEquatableArray(),
            TileBlocks = tileBlocks,
            RowMajorTileBlocks = tileBlocks,
            Direct = shortRows is null ? DirectPlan.Choose(contrasts, model.Features, scalarBytes) : null,
            ShortRows = shortRows,
            SumsAreVectors = (long)contrasts * columns * KernelPlan.BlockBytes <= LargestVectorSums,
            ScratchIsPooled = false,
            Prediction = PredictionPlan.Choose(model.Classes, model.Features, scalarBytes, model.MaxStackBytes) with
            {
                ChecksScores = model.MissingValues == MissingValues.Throw,
            },
            Hessian = hessian,
        };
        return FitStack(plan);
    }

    private static WidthPlan PlanWidth(int bits, int scalarBytes, int contrasts, int features, HessianPlan? hessian)
    {
        // AVX-512 has 32 vector registers; below, 16 are counted on, though Arm has 32.
        int registers = bits == 512 ? 31 : 15;
        int vectorsPerBlock = 512 / bits;
        return new WidthPlan
        {
            Bits = bits,
            Lanes = bits / 8 / scalarBytes,
            Scores = ScoreTile.Choose(contrasts, features, vectorsPerBlock, registers).Within(MethodBudget.Default, contrasts, features, vectorsPerBlock),
            Softmax = SoftmaxTile.Choose(contrasts, registers),
            Gradient = GradientTile.Choose(contrasts, features + 1, registers),
            Hessian = hessian?.Tile(registers),
        };
    }

    private static int TileBlocks(int contrasts, int features)
    {
        int smallest = Bytes(ShortRowsTile, features) <= ShortRowsBytes && Bytes(ShortRowsTile, contrasts + features) <= ShortRowsTileBytes
            ? ShortRowsTile
            : SmallestTile;
        int blocks = LargestTile;
        while (blocks > smallest && Bytes(blocks, contrasts + features) > TileBytes)
        {
            blocks /= 2;
        }

        return blocks;
    }

    private static long Bytes(int blocks, int vectorsPerBlock) => (long)blocks * vectorsPerBlock * KernelPlan.BlockBytes;

    // A row-major tile holds its features too, so it shrinks first; smaller than one group of blocks it cannot be. Scratch beyond the
    // caller's stack allowance comes from the array pool.
    private static KernelPlan FitStack(KernelPlan plan)
    {
        while (plan.RowMajor.Length * (long)sizeof(double) > plan.Model.MaxStackBytes)
        {
            if (plan.RowMajorTileBlocks == ScratchLayout.GroupBlocks)
            {
                return plan with { RowMajorTileBlocks = plan.TileBlocks, ScratchIsPooled = true };
            }

            plan = plan with { RowMajorTileBlocks = plan.RowMajorTileBlocks / 2 };
        }

        while (plan.Packed.Length * (long)sizeof(double) > plan.Model.MaxStackBytes)
        {
            plan = plan with { TileBlocks = plan.TileBlocks / 2 };
        }

        return plan;
    }
}
