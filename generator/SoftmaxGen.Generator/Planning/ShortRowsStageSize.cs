namespace SoftmaxGen.Generator.Planning;

/// <summary>The size of the emitted method <c>ShortRows</c>.</summary>
internal static class ShortRowsStageSize
{
    // A feature's share of a transpose, and a broadcast weight where it multiplies.
    private static readonly CodeSize _transposed = new(0, 1, 1, 8, 1);
    private static readonly CodeSize _operand = new(0, 0, 0, 8, 0);

    // t1 = next1;
    private static readonly CodeSize _handOver = new(0, 2, 0, 4, 1);

    public static CodeSize Of(ShortRowsPlan plan)
    {
        int sums = plan.Contrasts * (plan.Features + 1);
        CodeSize weights = sums * (plan.HoldsWeights ? StatementSizes.Weight : _operand);
        CodeSize scores = plan.Features * (StatementSizes.Prefetch + _transposed + StatementSizes.Store + (plan.Contrasts * StatementSizes.MultiplyAdd));
        var straight = new SoftmaxTile(plan.Contrasts, OverlapsDivision: false);
        CodeSize softmax = SoftmaxStageSize.Of(straight, plan.Contrasts, weighted: false) with { Multiplications = plan.Contrasts - 1 };
        CodeSize gradient = (plan.Contrasts * StatementSizes.Add) + (plan.Features * (StatementSizes.Load + (plan.Contrasts * StatementSizes.MultiplyAdd)));
        CodeSize loop = StatementSizes.Loop + (2 * StatementSizes.Advance) + (3 * StatementSizes.Reference)
            + (plan.Contrasts * (StatementSizes.Zero + StatementSizes.Copy + _handOver));
        return weights + (sums * (StatementSizes.Zero + StatementSizes.Store)) + scores + softmax + gradient + loop;
    }
}
