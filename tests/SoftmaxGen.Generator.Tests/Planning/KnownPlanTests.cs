using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>The plans of the shapes that are measured, pinned: a change of the cost model shows here before it shows in a benchmark.</summary>
public class KnownPlanTests
{
    /// <summary>
    /// Gets shapes and their tiles at 512, 256 and 128 bit: row vectors x contrasts x chains of the scores over the features unrolled,
    /// contrasts per turn of the softmax, and contrasts x columns x chains of the gradient.
    /// </summary>
    public static TheoryData<int, int, string, string, string> Tiles { get; } = new()
    {
        // One contrast has few sums at any width: four chains, and two where 15 registers hold no more, hide the latency of the gradient.
        { 2, 4, "4x1x1/4, 1, 1x5x4", "4x1x1/4, 1, 1x5x2", "4x1x1/4, 1, 1x5x2" },

        // All ten sums of the gradient fit in registers twice over at 512 bit and once below.
        { 3, 4, "4x2x1/4, 2, 2x5x2", "4x2x1/4, 2, 2x5x1", "4x2x1/4, 2, 2x5x1" },

        // Twelve sums of scores and 27 of the gradient: one pass each in 31 registers. 96 multiplications are the most that need no loop.
        { 4, 8, "4x3x1/8, 3, 3x9x1", "2x3x1/8, 1, 3x3x1", "4x2x1/8, 1, 3x3x1" },

        // A long row of one contrast: two chains for the scores, four features a turn; the gradient in passes of 16 columns, 31 columns in all.
        { 2, 30, "4x1x2/4, 1, 1x16x1", "4x1x2/4, 1, 1x11x1", "4x1x2/4, 1, 1x11x1" },

        // Nine contrasts in one pass of the scores at 512 bit, five and four at 256. The softmax holds up to 10 contrasts at 512 bit; below, more than two
        // go one by one.
        { 10, 16, "2x9x1/1, 9, 3x9x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },

        // A tile of rows of more than 56 features does not stay near at 512 bit, and few passes over it are better than few loads: all nine contrasts.
        { 10, 64, "2x9x1/1, 9, 9x3x1", "2x5x1/2, 1, 3x3x1", "4x2x1/2, 1, 3x3x1" },

        // 24 sums of scores in 31 registers beside four row vectors and a weight; one turn of the softmax at 512 bit.
        { 7, 54, "4x6x1/1, 6, 2x14x1", "2x6x1/2, 1, 2x5x1", "4x2x1/2, 1, 2x5x1" },

        // 25 contrasts are several passes, and then few sums a pass are better: 7, 7, 7 and 4 contrasts, not 13 and 12; five turns of five at 512 bit.
        { 26, 16, "2x7x1/2, 5, 3x9x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },

        // 14 contrasts still fit in one pass, 15 do not, and go as five passes of three.
        { 15, 16, "2x14x1/1, 5, 3x9x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },
        { 16, 16, "4x3x1/2, 5, 3x9x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },

        // Rows of more than 64 features are not read for every few contrasts.
        { 26, 64, "2x7x1/2, 5, 13x2x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },
        { 26, 65, "2x13x1/1, 5, 13x2x1", "2x5x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },

        // Many contrasts: the tiles are what the registers hold, whatever the shape. 99 and 999 divide by three.
        { 100, 784, "2x13x1/1, 3, 3x9x1", "2x6x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },
        { 1000, 16, "2x7x1/2, 3, 3x9x1", "2x6x1/2, 1, 2x6x1", "4x2x1/2, 1, 2x6x1" },
    };

    [Theory]
    [MemberData(nameof(Tiles))]
    public void A_known_shape_has_its_tiles(int classes, int features, string at512, string at256, string at128) =>
        Assert.Equal([at512, at256, at128], Plans.Of(classes, features).Widths.Select(Print));

    [Theory]
    [InlineData(2, 4, 64, 64)] // 25 KiB of stack: the largest tile there is, 512 rows.
    [InlineData(3, 4, 32, 32)] // 6 vectors per block: 32 blocks are 12 KiB, 64 would be more than the 20 KiB that leave the cache room.
    [InlineData(4, 8, 16, 16)]
    [InlineData(10, 16, 16, 16)] // 25 KiB, but 16 features a row are short: 16 blocks of them are the 16 KiB that may be read again and again.
    [InlineData(10, 17, 8, 8)] // One feature more is not: the smallest tile that the planner wants, two groups.
    [InlineData(26, 16, 16, 8)] // A row-major tile of 16 blocks would not fit 64 KiB of stack, beside 27 KiB of sums.
    [InlineData(47, 2, 16, 16)] // 48 vectors per block: 16 blocks are the 48 KiB of a first-level cache.
    [InlineData(48, 2, 8, 8)]
    [InlineData(10, 32, 8, 8)]
    [InlineData(9, 56, 8, 4)]
    [InlineData(9, 57, 16, 4)] // Far rows, read once for all of 8 contrasts: a larger tile adds to the sums less often.
    [InlineData(8, 57, 8, 8)] // 7 contrasts are too few.
    [InlineData(10, 64, 16, 4)] // A row-major tile of 8 blocks would not fit 64 KiB of stack.
    [InlineData(49, 64, 16, 8)]
    [InlineData(50, 64, 8, 8)] // 49 contrasts lie too far apart.
    [InlineData(27, 486, 16, 8)] // 512 vectors per block: 16 blocks are 512 KiB, half of a second-level cache.
    [InlineData(27, 487, 8, 8)]
    public void A_known_shape_has_its_tile_of_rows(int classes, int features, int packedBlocks, int rowMajorBlocks)
    {
        KernelPlan plan = Plans.Of(classes, features);

        Assert.Equal((packedBlocks, rowMajorBlocks), (plan.TileBlocks, plan.RowMajorTileBlocks));
    }

    [Theory]
    [InlineData(10, 16, 16, 16)] // Near rows, at every width.
    [InlineData(10, 64, 16, 8)] // Narrower vectors hold no tile that reads far rows once.
    [InlineData(100, 784, 8, 8)]
    public void Only_the_widest_vectors_have_a_larger_tile_for_far_rows(int classes, int features, int blocks, int narrowBlocks)
    {
        KernelPlan plan = Plans.Of(classes, features);

        Assert.Equal((blocks, narrowBlocks), (plan.TileBlocks, plan.NarrowTileBlocks));
    }

    [Theory]
    [InlineData(10, 64, true)]
    [InlineData(64, 64, true)] // 63 x 65 sums: 256 KiB less 64 bytes as vectors.
    [InlineData(65, 63, true)] // 64 x 64 sums: 256 KiB, the most that stays in the second-level cache.
    [InlineData(65, 64, false)]
    [InlineData(100, 784, false)]
    public void Gradient_sums_are_vectors_while_these_fit_the_cache(int classes, int features, bool sumsAreVectors) =>
        Assert.Equal(sumsAreVectors, Plans.Of(classes, features).SumsAreVectors);

    private static string Print(WidthPlan width) =>
        $"{width.Scores.Vectors}x{width.Scores.Contrasts}x{width.Scores.Chains}/{width.Scores.UnrolledFeatures}, "
        + $"{width.Softmax.ContrastsPerTurn}, "
        + $"{width.Gradient.Contrasts}x{width.Gradient.Columns}x{width.Gradient.Chains}";
}
