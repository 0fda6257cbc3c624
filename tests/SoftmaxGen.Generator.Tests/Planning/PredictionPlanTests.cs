using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>The plan of a prediction: which class lies in which lane, and in what order a score is summed.</summary>
public class PredictionPlanTests
{
    /// <summary>Gets shapes: lanes of a column, classes of a chunk, bits of the widest vector, chains, whether scores stay in registers.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Known { get; } = new()
    {
        // Three classes in four lanes, as two halves that share one; two chains of two features each.
        { 3, 4, 4, 2, 256, 2, 128 },
        { 4, 8, 4, 4, 256, 4, 128 },
        { 5, 4, 8, 4, 512, 2, 128 },
        { 8, 4, 8, 8, 512, 2, 128 },

        // Ten classes in two vectors: the second ends with the last class.
        { 10, 16, 16, 8, 512, 4, 128 },
        { 10, 64, 16, 8, 512, 4, 128 },
        { 26, 16, 32, 8, 512, 2, 128 },
        { 33, 16, 40, 8, 512, 2, 512 },
        { 64, 16, 64, 8, 512, 1, 512 },
        { 65, 16, 72, 8, 512, 1, 512 },
        { 96, 16, 96, 8, 512, 1, 512 },
        { 97, 16, 104, 8, 512, 1, 0 },
        { 100, 32, 104, 8, 512, 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_known_shape_has_its_plan(int classes, int features, int lanes, int chunk, int bits, int chains, int inRegistersFrom)
    {
        PredictionPlan plan = Plans.Of(classes, features).Prediction;

        Assert.Null(plan.Difference);
        Assert.Equal((lanes, chunk, bits, chains), (plan.ColumnLanes, plan.Chunk, plan.WidestBits, plan.Chains));
        Assert.All(VectorTarget.All, target => Assert.Equal(inRegistersFrom > 0 && target.Bits >= inRegistersFrom, plan.InRegisters(target)));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)] // No vector holds a single double: a plain sum.
    [InlineData(2, 2, 1, 1)]
    [InlineData(3, 2, 2, 1)] // The second vector repeats a feature.
    [InlineData(8, 8, 1, 1)]
    [InlineData(30, 8, 4, 2)]
    [InlineData(64, 8, 8, 4)]
    public void Two_classes_are_one_dot_product(int features, int lanes, int vectors, int chains) =>
        Assert.Equal(new DifferencePlan(features, lanes, vectors, chains), Plans.Of(2, features).Prediction.Difference);

    [Fact]
    public void Every_width_covers_every_class_once_but_for_what_it_repeats()
    {
        foreach (KernelPlan plan in Plans.Grid().Where(static plan => plan.Classes > 2))
        {
            foreach (WidthPlan width in plan.Widths.Where(width => width.Lanes <= plan.Prediction.Chunk))
            {
                RowTile row = width.Row!;
                int next = 0;
                foreach (ClassVector vector in row.Vectors)
                {
                    Holds.True(next == vector.FirstClass + vector.Repeated && vector.Repeated < width.Lanes, $"{plan.Name()}, {width.Bits} bit: {vector}");
                    Assert.Equal(vector.FirstClass, ClassOf(plan, vector.Offset));
                    Assert.Equal(vector.FirstClass + width.Lanes - 1, ClassOf(plan, vector.Offset + width.Lanes - 1));
                    next = vector.FirstClass + width.Lanes;
                }

                Holds.True(next == plan.Classes && !row.IsSplit, $"{plan.Name()}, {width.Bits} bit: {next}");
                Holds.True(
                    row.Repeated == row.Vectors.Sum(static vector => vector.Repeated) && row.FirstRepeated == 0, $"{plan.Name()}, {width.Bits} bit: {row}");
            }
        }
    }

    [Fact]
    public void A_vector_wider_than_a_chunk_is_a_whole_column()
    {
        foreach (KernelPlan plan in Plans.Grid().Where(static plan => plan.Classes > 2))
        {
            foreach (WidthPlan width in plan.Widths.Where(width => width.Lanes > plan.Prediction.Chunk && width.Bits <= plan.Prediction.WidestBits))
            {
                RowTile row = width.Row!;
                Holds.True(plan.Prediction.ColumnLanes == width.Lanes && 2 * plan.Prediction.Chunk == width.Lanes, $"{plan.Name()}, {width.Bits} bit");
                Holds.True(row.IsSplit && row.Vectors.Count == 1 && row.FirstRepeated == width.Lanes / 2, $"{plan.Name()}, {width.Bits} bit: {row}");
                Assert.Equal(width.Lanes - plan.Classes, row.Repeated);
            }
        }
    }

    [Fact]
    public void No_dot_product_reads_beyond_its_row()
    {
        foreach (KernelPlan plan in Plans.Grid().Where(static plan => plan.Classes == 2))
        {
            DifferencePlan difference = plan.Prediction.Difference!;
            int[] first = [.. Enumerable.Range(0, difference.Vectors).Select(vector => difference.FirstFeature(vector))];

            Assert.Equal(0, first[0]);
            Assert.Equal(plan.Features, first[^1] + difference.Lanes);
            Assert.All(first.Zip(first.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, difference.Lanes));
        }
    }

    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(10, 16, 4)]
    [InlineData(10, 64, 4)]
    [InlineData(100, 784, 1)]
    [InlineData(100, 4096, 0)] // One block of rows is more than the stack may hold.
    public void A_tile_is_small_and_fits_the_stack(int classes, int features, int blocks)
    {
        KernelPlan plan = Plans.Of(classes, features);

        Assert.Equal(blocks, plan.Prediction.TileBlocks);
        Assert.InRange(plan.Prediction.StackBytes, classes * sizeof(double), plan.Model.MaxStackBytes);
    }

    [Theory]
    [InlineData(4, 8, true, true, false)]
    [InlineData(10, 64, true, true, false)]
    [InlineData(16, 16, false, true, false)] // As many classes as features: with two rows to a vector, packing is faster.
    [InlineData(3, 4, false, false, false)] // Two chains.
    [InlineData(26, 16, false, false, false)]
    [InlineData(2, 64, false, false, false)] // One dot product.
    public void Rows_of_four_chains_stand(int classes, int features, bool at512, bool at256, bool at128)
    {
        KernelPlan plan = Plans.Of(classes, features);
        KernelPlan single = Plans.Of(classes, features, Precision.Single);

        Assert.Equal([at512, at256, at128], plan.Widths.Select(static width => width.Batch is StandingBatch));
        Assert.DoesNotContain(true, single.Widths.Select(static width => width.Batch is StandingBatch));
    }

    [Theory]
    [InlineData(26, 16, "2 x 13/2, 12", "5 x 6/16, 6", "5 x 6/16, 6")] // Two chains: 13 sums of each, and 6, which go through 16 features without a loop.
    [InlineData(10, 64, "2 x 5/4, 6", "5 x 2/16, 3", "2 x 5/8, 3")] // Rows that stand, 6 and 2 classes at most; packed at 128 bit, 6.
    [InlineData(3, 4, "1 x 3/4, 0", "1 x 3/4, 6", "1 x 3/4, 6")] // No loop; a vector of 512 bit is wider than all classes.
    [InlineData(100, 1, "4 x 25/1, 7", "9 x 12/1, 7", "9 x 12/1, 8")] // Scores of a row in memory: of 13 vectors 7 and 6.
    public void Sums_are_taken_a_few_classes_at_a_time(int classes, int features, string at512, string at256, string at128) =>
        Assert.Equal([at512, at256, at128], Plans.Of(classes, features).Widths.Select(static width =>
            $"{width.Batch!.Groups} x {width.Batch.GroupClasses}/{width.Batch.UnrolledFeatures(width.Batch.GroupClasses)}, {width.Row?.VectorsPerPass ?? 0}"));

    [Fact]
    public void No_prediction_sums_more_than_the_registers_hold()
    {
        foreach (KernelPlan plan in Plans.Grid().Where(static plan => plan.Classes > 2))
        {
            foreach (WidthPlan width in plan.Widths)
            {
                int rowSums = plan.Prediction.InRegisters(width.Target) && width.Row is { } row ? row.VectorsPerPass * plan.Prediction.Chains : 0;
                Holds.True(rowSums < width.Target.Registers, $"{plan.Name()}, {width.Bits} bit: {width.Row}");
                int batchSums = width.Batch switch
                {
                    StandingBatch standing => (standing.GroupClasses * 4) + 4,
                    PackedBatch packed => packed.GroupClasses * packed.PassChains,
                    _ => 0,
                };
                Holds.True(batchSums < width.Target.Registers, $"{plan.Name()}, {width.Bits} bit: {width.Batch}");
                Assert.Equal(plan.Prediction.TileBlocks > 0, width.Batch is not null);
            }
        }
    }

    [Fact]
    public void Single_precision_has_more_lanes_to_a_vector()
    {
        PredictionPlan plan = Plans.Of(10, 16, Precision.Single).Prediction;

        Assert.Equal((16, 8, 512), (plan.ColumnLanes, plan.Chunk, plan.WidestBits));
    }

    private static int ClassOf(KernelPlan plan, int lane) =>
        lane < plan.Prediction.ColumnLanes - plan.Prediction.Chunk ? lane : lane - plan.Prediction.Repeated;
}
