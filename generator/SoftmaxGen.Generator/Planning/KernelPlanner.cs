using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>From a shape to a plan: pure arithmetic. docs/kernels.md explains the constants.</summary>
internal static class KernelPlanner
{
    // A tile is read several times while the next is fetched: both should fit the first-level cache (48 KiB on current cores).
    private const int TileBytes = 20 * 1024;

    /// <summary>The fewest blocks of a tile of packed rows: one of a group alone spends its time on entering loops.</summary>
    internal const int SmallestTile = 2 * ScratchLayout.GroupBlocks;

    // The additions to the gradient sums weigh on tiles of few blocks; twice as many are taken while the rows, which are read again for every few
    // contrasts, take no more than a third of that cache, and all of the tile no more than the whole.
    private const int ShortRowsTile = 2 * SmallestTile;
    private const int ShortRowsBytes = 16 * 1024;
    private const int ShortRowsTileBytes = 48 * 1024;

    // Rows of which the smallest tile takes more are far, since the next tile is being fetched. They need not be near where enough contrasts are taken at a
    // time, at 512 bit; then twice as many blocks spread the additions to the sums, as long as a tile takes no more than half of the second-level cache.
    private const int NearRowsBytes = 28 * 1024;
    private const int EnoughContrasts = 8;
    // With more, the residuals of a block lie so far from those of the next that they share cache sets, and leave the cache between columns.
    private const int MostContrasts = 48;
    private const int FarTile = 2 * SmallestTile;
    private const int FarTileBytes = 512 * 1024;

    private const int LargestTile = BlockLayout.MostTileBlocks;

    public static KernelPlan Plan(ModelSpec model)
    {
        var shape = new Shape(model.Classes, model.Features, model.Precision);
        var hessian = HessianPlan.Choose(shape);
        var prediction = PredictionPlan.Choose(model, shape);
        WidthPlan[] widths = [.. VectorTarget.All.Select(target => PlanWidth(shape, target, hessian, prediction))];
        int tileBlocks = TileBlocks(shape);
        return FitStack(new KernelPlan
        {
            Model = model,
            Shape = shape,
            Rows = RowPlan.Of(model),
            Widths = widths.ToEquatableArray(),
            TileBlocks = Math.Max(tileBlocks, FarTileBlocks(shape, widths[0].Gradient)),
            NarrowTileBlocks = tileBlocks,
            RowMajorTileBlocks = tileBlocks,
            ScratchIsPooled = false,
            Prediction = prediction,
            Hessian = hessian,
        });
    }

    private static WidthPlan PlanWidth(Shape shape, VectorTarget target, HessianPlan? hessian, PredictionPlan prediction) => new()
    {
        Target = target,
        Lanes = target.Lanes(shape),
        Scores = ScoreTile.Choose(shape, target),
        Softmax = SoftmaxTile.Choose(shape, target),
        Gradient = GradientTile.Choose(ProductShape.Gradient(shape), target, rowsAreFar: !AreNear(shape)),
        Hessian = hessian?.Tile(target),
        Unpacked = UnpackedForm.Choose(shape, target),
        Row = RowTile.Choose(prediction, target),
        Batch = BatchForm.Choose(prediction, target),
    };

    private static int TileBlocks(Shape shape)
    {
        int smallest = Bytes(ShortRowsTile, shape.Features) <= ShortRowsBytes && Bytes(ShortRowsTile, shape.Contrasts + shape.Features) <= ShortRowsTileBytes
            ? ShortRowsTile
            : SmallestTile;
        int blocks = LargestTile;
        while (blocks > smallest && Bytes(blocks, shape.Contrasts + shape.Features) > TileBytes)
        {
            blocks /= 2;
        }

        return blocks;
    }

    private static int FarTileBlocks(Shape shape, GradientTile gradient) =>
        !AreNear(shape) && gradient.Contrasts >= EnoughContrasts && Bytes(FarTile, shape.Contrasts + shape.Features) <= FarTileBytes ? FarTile : SmallestTile;

    private static bool AreNear(Shape shape) => shape.Contrasts > MostContrasts || Bytes(SmallestTile, shape.Features) <= NearRowsBytes;

    private static long Bytes(int blocks, int vectorsPerBlock) => (long)blocks * vectorsPerBlock * BlockLayout.VectorBytes;

    // A row-major tile holds its features too, so it shrinks first, down to one group of blocks. Scratch beyond the caller's stack allowance, that of small
    // tiles even, comes from the array pool.
    private static KernelPlan FitStack(KernelPlan plan)
    {
        int most = plan.Model.MaxStackBytes;
        if (plan.LeastScratchBytes > most)
        {
            return plan with { ScratchIsPooled = true };
        }

        while (plan.RowMajorLength * (long)sizeof(double) > most)
        {
            plan = plan with { RowMajorTileBlocks = plan.RowMajorTileBlocks / 2 };
        }

        while (plan.Packed.PackedLength() * (long)sizeof(double) > most)
        {
            int tileBlocks = plan.TileBlocks / 2;
            plan = plan with { TileBlocks = tileBlocks, NarrowTileBlocks = Math.Min(tileBlocks, plan.NarrowTileBlocks) };
        }

        return plan;
    }
}
