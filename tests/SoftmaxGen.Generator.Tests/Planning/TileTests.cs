using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>What holds for the tiles of every shape.</summary>
public class TileTests
{
    [Fact]
    public void No_stage_keeps_more_in_registers_than_there_are()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            foreach (WidthPlan width in plan.Widths)
            {
                // Of 32 registers at 512 bit and 16 below, one is left to the compiler.
                int registers = width.Bits == 512 ? 31 : 15;
                ScoreTile scores = width.Scores;
                Holds.True((scores.Vectors * scores.Contrasts * scores.Chains) + scores.Vectors + 1 <= registers, $"{plan.Name()}: {width.Bits} bit {scores}");
                Holds.True(Product(width.Gradient) <= registers, $"{plan.Name()}: {width.Bits} bit {width.Gradient}");
                Holds.True(width.Hessian is null || Product(width.Hessian) <= registers, $"{plan.Name()}: {width.Bits} bit Hessian {width.Hessian}");

                // Of each contrast the softmax holds the score, the exponential and what becomes of it. A turn of up to 6 may spill.
                Holds.True(width.Softmax.ContrastsPerTurn <= Math.Max(registers / 3, 6), $"{plan.Name()}: {width.Bits} bit {width.Softmax}");
            }
        }

        static int Product(GradientTile tile) =>
            (tile.Contrasts * tile.Columns * tile.Chains) + (tile.HoldsFeatures ? tile.Columns : tile.Contrasts) + 1;
    }

    [Fact]
    public void A_far_row_is_read_for_no_fewer_contrasts_at_a_time()
    {
        foreach ((int classes, int features) in Plans.Shapes)
        {
            var gradient = ProductShape.Gradient(new Shape(classes, features, Precision.Double));
            foreach (VectorTarget target in VectorTarget.All.Select(static target => target with { CyclesPerFarLine = 0.5 }))
            {
                int near = Passes(gradient, GradientTile.Choose(gradient, target));
                int far = Passes(gradient, GradientTile.Choose(gradient, target, rowsAreFar: true));

                Holds.True(far <= near, $"{classes} x {features}, {target}: {far} passes instead of {near}");
            }
        }

        static int Passes(ProductShape gradient, GradientTile tile) => ((gradient.Coefficients - 1) / tile.Contrasts) + 1;
    }

    [Fact]
    public void No_tile_is_larger_than_the_shape()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            foreach (WidthPlan width in plan.Widths)
            {
                Holds.True(width.Scores.Contrasts <= plan.Contrasts && width.Scores.UnrolledFeatures <= plan.Features, $"{plan.Name()}: {width}");
                Holds.True(width.Softmax.ContrastsPerTurn <= plan.Contrasts, $"{plan.Name()}: {width}");
                Holds.True(width.Gradient.Contrasts <= plan.Contrasts && width.Gradient.Columns <= plan.Columns, $"{plan.Name()}: {width}");
                Holds.True(width.Scores.Vectors % width.VectorsPerBlock == 0, $"{plan.Name()}: {width}");
                Holds.True(ScratchLayout.GroupBlocks * width.VectorsPerBlock % width.Scores.Vectors == 0, $"{plan.Name()}: {width}");
                Holds.True(ScratchLayout.GroupBlocks % width.Gradient.BlocksPerTurn(width.Target) == 0, $"{plan.Name()}: {width}");
            }
        }
    }

    [Fact]
    public void Tiles_of_rows_are_whole_groups_of_blocks()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            Holds.True(plan.TileBlocks > 0 && plan.TileBlocks % ScratchLayout.GroupBlocks == 0, $"{plan.Name()}");
            Holds.True(plan.RowMajorTileBlocks > 0 && plan.RowMajorTileBlocks % ScratchLayout.GroupBlocks == 0, $"{plan.Name()}");
            Holds.True(plan.NarrowTileBlocks > 0 && plan.NarrowTileBlocks % ScratchLayout.GroupBlocks == 0, $"{plan.Name()}");
            Holds.True(plan.NarrowTileBlocks <= plan.TileBlocks, $"{plan.Name()}");
            Holds.True(plan.RowMajorTileBlocks <= plan.NarrowTileBlocks, $"{plan.Name()}");
        }
    }

    [Theory]
    [InlineData(Precision.Double, 8)]
    [InlineData(Precision.Single, 16)]
    public void A_block_is_a_cache_line_of_rows(object precision, int rows)
    {
        KernelPlan plan = Plans.Of(3, 4, (Precision)precision);

        Assert.Equal(rows, plan.BlockRows);
        Assert.All(plan.Widths, width => Assert.Equal(rows, width.Lanes * width.VectorsPerBlock));
    }
}
