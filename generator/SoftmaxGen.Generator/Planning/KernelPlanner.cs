using System.Collections.Immutable;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>From a shape to a plan: pure arithmetic. docs/kernels.md explains the constants.</summary>
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

    // Rows of which the smallest tile takes more are far, since the next tile is being fetched: at 512 bit each reading by the gradient stage takes so many
    // cycles more per cache line. They need not be near where enough contrasts are taken at a time; then twice as many blocks spread the additions to the
    // sums, as long as a tile takes no more than half of the second-level cache.
    private const int NearRowsBytes = 28 * 1024;
    private const double CyclesPerFarLine = 0.5;
    private const int EnoughContrasts = 8;
    // With more, the residuals of a block lie so far from those of the next that they share cache sets, and leave the cache between columns.
    private const int MostContrasts = 48;
    private const int FarTile = 2 * SmallestTile;
    private const int FarTileBytes = 512 * 1024;

    private const int LargestTile = 64;

    // Whole vectors of gradient sums beyond this leave the second-level cache.
    private const int LargestVectorSums = 256 * 1024;

    public static KernelPlan Plan(ModelSpec model)
    {
        int scalarBytes = model.Precision == Precision.Double ? sizeof(double) : sizeof(float);
        int contrasts = model.Classes - 1;
        int columns = model.Features + 1;
        var hessian = HessianPlan.Choose(contrasts, columns);
        var shortRows = ShortRowsPlan.Choose(contrasts, model.Features, scalarBytes);
        WidthPlan widest = PlanWidth(512, scalarBytes, contrasts, model.Features, hessian);
        int tileBlocks = TileBlocks(contrasts, model.Features);
        var plan = new KernelPlan
        {
            Model = model,
            Widths = ImmutableArray.Create(
                widest,
                PlanWidth(256, scalarBytes, contrasts, model.Features, hessian),
                PlanWidth(128, scalarBytes, contrasts, model.Features, hessian)).ToEquatableArray(),
            TileBlocks = Math.Max(tileBlocks, FarTileBlocks(widest.Gradient, contrasts, model.Features)),
            NarrowTileBlocks = tileBlocks,
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
            Scores = ScoreTile.Choose(contrasts, features, vectorsPerBlock, registers),
            Softmax = SoftmaxTile.Choose(contrasts, registers),
            Gradient = GradientTile.Choose(contrasts, features + 1, registers, bits < 512 || AreNear(contrasts, features) ? 0 : CyclesPerFarLine),
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

    private static int FarTileBlocks(GradientTile gradient, int contrasts, int features) =>
        !AreNear(contrasts, features) && gradient.Contrasts >= EnoughContrasts && Bytes(FarTile, contrasts + features) <= FarTileBytes ? FarTile : SmallestTile;

    private static bool AreNear(int contrasts, int features) => contrasts > MostContrasts || Bytes(SmallestTile, features) <= NearRowsBytes;

    private static long Bytes(int blocks, int vectorsPerBlock) => (long)blocks * vectorsPerBlock * KernelPlan.BlockBytes;

    // A row-major tile holds its features too, so it shrinks first; smaller than one group of blocks it cannot be. Scratch beyond the
    // caller's stack allowance comes from the array pool.
    private static KernelPlan FitStack(KernelPlan plan)
    {
        while (plan.RowMajor.Length * (long)sizeof(double) > plan.Model.MaxStackBytes)
        {
            if (plan.RowMajorTileBlocks == ScratchLayout.GroupBlocks)
            {
                return plan with { RowMajorTileBlocks = plan.NarrowTileBlocks, ScratchIsPooled = true };
            }

            plan = plan with { RowMajorTileBlocks = plan.RowMajorTileBlocks / 2 };
        }

        while (plan.Packed.Length * (long)sizeof(double) > plan.Model.MaxStackBytes)
        {
            int tileBlocks = plan.TileBlocks / 2;
            plan = plan with { TileBlocks = tileBlocks, NarrowTileBlocks = Math.Min(tileBlocks, plan.NarrowTileBlocks) };
        }

        return plan;
    }
}
