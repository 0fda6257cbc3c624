namespace SoftmaxGen.Generator.Planning;

/// <summary>Where the parts of the scratch for rows as they stand begin, in doubles.</summary>
/// <param name="Weights">The scaled weights of the contrast in vectors of features; its bias, one to a vector, and a block's residuals follow.</param>
/// <param name="Sums">The gradient sums of a tile: the vectors of features, and the bias.</param>
/// <param name="End">What comes next.</param>
internal sealed record DirectLayout(int Weights, int Sums, int End)
{
    public static DirectLayout Of(DirectPlan plan, int start)
    {
        int sums = start + ((plan.Vectors + 2) * ScratchLayout.BlockDoubles);
        return new DirectLayout(start, sums, sums + ((plan.Vectors + 1) * ScratchLayout.BlockDoubles));
    }
}
