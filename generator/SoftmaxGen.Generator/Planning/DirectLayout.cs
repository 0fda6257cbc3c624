namespace SoftmaxGen.Generator.Planning;

/// <summary>Where the parts of the scratch for rows as they stand begin, in doubles.</summary>
/// <param name="Weights">The scaled weights of the contrasts in vectors of features; their biases and a block's residuals follow.</param>
/// <param name="Biases">The biases of the contrasts, one to a vector.</param>
/// <param name="Sums">The gradient sums of a tile: of each contrast, the vectors of features, and the bias.</param>
/// <param name="End">What comes next.</param>
internal sealed record DirectLayout(int Weights, int Biases, int Sums, int End)
{
    public static DirectLayout Of(DirectPlan plan, int contrasts, int start)
    {
        int biases = start + (contrasts * plan.Vectors * ScratchLayout.BlockDoubles);
        int residuals = biases + (contrasts * ScratchLayout.BlockDoubles);
        int sums = residuals + (contrasts * ScratchLayout.BlockDoubles);
        return new DirectLayout(start, biases, sums, sums + (contrasts * (plan.Vectors + 1) * ScratchLayout.BlockDoubles));
    }
}
