using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>No emitted method comes near the size beyond which the JIT stops optimising.</summary>
public class MethodBudgetTests
{
    [Fact]
    public void Every_method_of_every_shape_is_within_the_budget()
    {
        foreach (KernelPlan plan in Plans.Grid())
        {
            foreach (WidthPlan width in plan.Widths)
            {
                MethodSize? tooLarge = StageSizes.Of(plan, width).FirstOrDefault(static method => !MethodBudget.Default.Holds(method.Code));
                Assert.True(tooLarge is null, $"{plan.Name()}: {width.Bits} bit {tooLarge}");
            }
        }
    }

    [Fact]
    public void The_budget_is_half_of_what_the_JIT_optimises()
    {
        Assert.True(MethodBudget.Default.Holds(new CodeSize(0, 4_000, 300, 30_000, 0)));
        Assert.False(MethodBudget.Default.Holds(new CodeSize(0, 4_001, 0, 0, 0)));
        Assert.False(MethodBudget.Default.Holds(new CodeSize(0, 0, 301, 0, 0)));
        Assert.False(MethodBudget.Default.Holds(new CodeSize(0, 0, 0, 30_001, 0)));
    }

    [Theory]
    [InlineData(4_000, 8)] // All features of 4 x 8, which need no loop.
    [InlineData(400, 4)]
    [InlineData(250, 2)]
    [InlineData(0, 1)] // Less than one feature there is not.
    public void A_tighter_budget_unrolls_fewer_features(int localReferences, int unrolledFeatures)
    {
        MethodBudget budget = new(localReferences, MethodBudget.MaxIlBytes, MethodBudget.MaxLocals);
        ScoreTile tile = ScoreTile.Choose(contrasts: 3, features: 8, vectorsPerBlock: 1, registers: 31);

        ScoreTile within = tile.Within(budget, contrasts: 3, features: 8, vectorsPerBlock: 1);

        Assert.Equal(tile with { UnrolledFeatures = unrolledFeatures }, within);
    }

    [Fact]
    public void A_tighter_budget_leaves_every_chain_its_feature()
    {
        ScoreTile tile = ScoreTile.Choose(contrasts: 1, features: 30, vectorsPerBlock: 1, registers: 31);

        ScoreTile within = tile.Within(new MethodBudget(0, 0, 0), contrasts: 1, features: 30, vectorsPerBlock: 1);

        Assert.Equal((2, 2), (within.Chains, within.UnrolledFeatures));
    }
}
