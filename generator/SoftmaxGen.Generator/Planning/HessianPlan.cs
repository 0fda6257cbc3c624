namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// The exact Hessian of the loss. Its block <c>(j, l)</c> is <c>sum_i h_jl x x^T</c> with <c>h_jj = p_j (1 - p_j)</c> and <c>h_jl = -p_j p_l</c>;
/// both factors are symmetric, so it is a product of pairs of contrasts by pairs of columns.
/// </summary>
/// <param name="Contrasts">The contrasts, <c>C - 1</c>.</param>
/// <param name="Columns">The columns, <c>m + 1</c>.</param>
internal sealed record HessianPlan(int Contrasts, int Columns)
{
    // A Hessian with more distinct elements costs so much more than a gradient that products with it are the better way.
    private const int MostSums = 8192;

    // Vectors of sums beyond this leave the first-level cache.
    private const int LargestVectorSums = 32 * 1024;

    public int ContrastPairs => Contrasts * (Contrasts + 1) / 2;

    public int ColumnPairs => Columns * (Columns + 1) / 2;

    /// <summary>The pair of the bias with itself is the column of ones.</summary>
    public ProductShape Product => new("Hessian", ContrastPairs, ColumnPairs - 1, ContrastPairs * ColumnPairs * KernelPlan.BlockBytes <= LargestVectorSums);

    public static HessianPlan? Choose(int contrasts, int columns)
    {
        long contrastPairs = (long)contrasts * (contrasts + 1) / 2;
        long columnPairs = (long)columns * (columns + 1) / 2;
        return contrastPairs * columnPairs <= MostSums ? new HessianPlan(contrasts, columns) : null;
    }
}
