using System.Globalization;
using System.Text.RegularExpressions;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>No call reserves more stack than the attribute allows, and none rents what the stack would hold.</summary>
public partial class StackBudgetTests
{
    public static TheoryData<int> Allowances { get; } =
        [ShapeLimits.MinStackBytes, 40_000, AttributeDefaults.MaxStackBytes, 500_000, ShapeLimits.MaxStackBytes];

    /// <summary>Gets the corners of what the attribute allows.</summary>
    public static TheoryData<int, int> Extremes { get; } = new()
    {
        { 2, 1 }, { 2, 65_536 }, { 3, 4 }, { 10, 69 }, { 12, 59 }, { 256, 65_535 }, { 4096, 1 }, { 4096, 4095 },
    };

    [Theory]
    [MemberData(nameof(Allowances))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_plan_stays_within_its_stack(int maxStackBytes)
    {
        foreach (KernelPlan plan in Plans.Grid(maxStackBytes).Concat(ExtremePlans(maxStackBytes)))
        {
            Holds.True(plan.StackBytes <= maxStackBytes, $"{plan.Name()}: {plan.StackBytes}");
            Holds.True(plan.StackBytes >= plan.Prediction.StackBytes, $"{plan.Name()}: {plan.StackBytes}");
        }
    }

    [Theory]
    [MemberData(nameof(Allowances))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_pool_is_used_only_where_the_smallest_tiles_do_not_fit(int maxStackBytes)
    {
        foreach (KernelPlan plan in Plans.Grid(maxStackBytes).Concat(ExtremePlans(maxStackBytes)))
        {
            Holds.True(plan.ScratchIsPooled == plan.LeastScratchBytes > maxStackBytes, $"{plan.Name()}: {plan.LeastScratchBytes}");
        }
    }

    [Fact]
    public void No_tile_of_packed_rows_is_cut_to_one_group() => Assert.All(
        Plans.Grid(), static plan =>
            Holds.True(plan.TileBlocks >= 8 && plan.NarrowTileBlocks >= 8, $"{plan.Name()}: {plan.TileBlocks}, {plan.NarrowTileBlocks}"));

    [Fact]
    public void Packed_rows_keep_their_tile_where_it_does_not_fit_the_stack()
    {
        Assert.Equal((8, true), (Plans.Of(40, 16).TileBlocks, Plans.Of(40, 16).ScratchIsPooled));
        Assert.Equal((8, false), (Plans.Of(38, 16).TileBlocks, Plans.Of(38, 16).ScratchIsPooled));
    }

    [Fact]
    public void An_allowance_of_the_least_scratch_suffices_to_the_byte()
    {
        int least = (int)Plans.Of(10, 69).LeastScratchBytes;

        Assert.False(Plans.Of(10, 69, maxStackBytes: least).ScratchIsPooled);
        Assert.Equal(least, Plans.Of(10, 69, maxStackBytes: least).StackBytes);
        Assert.True(Plans.Of(10, 69, maxStackBytes: least - 1).ScratchIsPooled);
    }

    [Fact]
    public void A_larger_allowance_allows_larger_tiles()
    {
        Assert.Equal(4, Plans.Of(10, 64).RowMajorTileBlocks);
        Assert.Equal(8, Plans.Of(10, 64, maxStackBytes: 100_000).RowMajorTileBlocks);
    }

    [Theory]
    [MemberData(nameof(Extremes))]
    public void The_emitted_code_reserves_no_more_than_the_plan_says(int classes, int features)
    {
        foreach (Precision precision in (Precision[])[Precision.Double, Precision.Single])
        {
            KernelPlan plan = Plans.Of(classes, features, precision);
            string kernels = string.Concat(plan.Widths.Select(width => KernelsEmitter.EmitWidth(plan, width)));

            Assert.All(Reservation().Matches(ModelEmitter.Emit(plan) + KernelsEmitter.Emit(plan) + kernels),
                match => Assert.InRange(ReservedBytes(match), 1, plan.StackBytes));
        }
    }

    private static IEnumerable<KernelPlan> ExtremePlans(int maxStackBytes) =>
        from extreme in Extremes
        from precision in (Precision[])[Precision.Double, Precision.Single]
        select Plans.Of((int)extreme[0], (int)extreme[1], precision, maxStackBytes);

    private static int ReservedBytes(Match match) =>
        int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * (match.Groups[1].Value == "float" ? sizeof(float) : sizeof(double));

    // What is reserved where it is used; the library reserves the rest.
    [GeneratedRegex(@"stackalloc (double|float)\[(\d+)")]
    private static partial Regex Reservation();
}
