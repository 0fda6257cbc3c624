namespace SoftmaxGen.Generator.Planning;

/// <summary>The size of the emitted method <c>Direct</c>.</summary>
internal static class DirectStageSize
{
    // var s1 = w1 * x; and s1 = SumElements(s1, s2);
    private static readonly CodeSize _product = new(0, 3, 1, 13, 1);
    private static readonly CodeSize _addition = new(0, 3, 0, 8, 1);

    // A feature that is loaded where it is multiplied.
    private static readonly CodeSize _operand = new(0, 0, 0, 8, 0);

    public static CodeSize Of(DirectPlan plan, int contrasts)
    {
        CodeSize before = (contrasts * (plan.Vectors + 1) * (StatementSizes.Load + StatementSizes.Zero)) + StatementSizes.Reference;
        CodeSize after = (2 * StatementSizes.Advance) + (contrasts * (plan.Vectors + 1) * StatementSizes.Store);
        CodeSize softmax = SoftmaxStageSize.Of(new SoftmaxTile(contrasts, OverlapsDivision: false), contrasts, weighted: false) with { Multiplications = contrasts - 1 };
        return before + (plan.Lanes * (Scores(plan, contrasts) + Gradient(plan, contrasts))) + (plan.Features * StatementSizes.Prefetch) + softmax + after;
    }

    // Of one row, and its share of the sums over lanes.
    private static CodeSize Scores(DirectPlan plan, int contrasts)
    {
        CodeSize multiplications = _product + ((plan.Vectors - 1) * StatementSizes.MultiplyAdd) + _addition;
        return (plan.Vectors * (contrasts > 1 ? StatementSizes.Load : _operand)) + (contrasts * multiplications);
    }

    private static CodeSize Gradient(DirectPlan plan, int contrasts) =>
        contrasts * (StatementSizes.Load + (plan.Vectors * (StatementSizes.MultiplyAdd + _operand)));
}
