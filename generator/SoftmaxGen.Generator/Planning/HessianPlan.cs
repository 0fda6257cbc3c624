using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// The exact Hessian of the loss. Its block <c>(j, l)</c> is <c>sum_i h_jl x x^T</c> with <c>h_jj = p_j (1 - p_j)</c> and <c>h_jl = -p_j p_l</c>;
/// both factors are symmetric, so it is a product of pairs of contrasts by pairs of columns.
/// </summary>
/// <param name="Shape">The sizes of the model.</param>
internal sealed record HessianPlan(Shape Shape)
{
    // A Hessian with more distinct elements costs so much more than a gradient that products with it are the better way.
    private const int MostSums = 8192;

    // Vectors of sums beyond this leave the first-level cache.
    private const int LargestVectorSums = 32 * 1024;

    // Pairs of contrasts that the sums of one pass hold together, so that each product of columns is used but once: to store it would take longer.
    private const int MostFusedPairs = 3;

    // Pairs of columns that the stage is unrolled over.
    private const int MostUnrolled = 136;

    public int ContrastPairs => Shape.Contrasts * (Shape.Contrasts + 1) / 2;

    public int ColumnPairs => Shape.Columns * (Shape.Columns + 1) / 2;

    /// <summary>
    /// Whether pairs of contrasts come straight from the scores, and products of columns are made where they are used. Otherwise each has a stage of its own.
    /// </summary>
    public bool IsFused => ContrastPairs <= MostFusedPairs && ColumnPairs <= MostUnrolled;

    /// <summary>The pair of the bias with itself is the column of ones.</summary>
    public ProductShape Product => new("Hessian", ContrastPairs, ColumnPairs - 1, ContrastPairs * ColumnPairs * BlockLayout.VectorBytes <= LargestVectorSums);

    /// <summary>Chooses the coefficients and columns of a pass over the rows.</summary>
    public GradientTile Tile(VectorTarget target)
    {
        if (!IsFused)
        {
            return GradientTile.Choose(Product, target);
        }

        // Beside the sums there are the coefficients, a column, and a product.
        int most = (target.FreeRegisters - ContrastPairs - 2) / ContrastPairs;
        int passes = ((ColumnPairs - 1) / most) + 1;
        return new GradientTile(ContrastPairs, ((ColumnPairs - 1) / passes) + 1, Chains: 1);
    }

    /// <summary>Cuts the pairs of columns into passes over the rows.</summary>
    public IEnumerable<HessianPass> Passes(GradientTile tile)
    {
        (int A, int B)[] pairs = [.. Enumerable.Range(0, Shape.Columns).SelectMany(static a => Enumerable.Range(0, a + 1).Select(b => (a, b)))];
        for (int first = 0; first < pairs.Length; first += tile.Columns)
        {
            yield return new HessianPass(first, pairs.Skip(first).Take(tile.Columns).ToEquatableArray());
        }
    }

    public static HessianPlan? Choose(Shape shape)
    {
        long contrastPairs = (long)shape.Contrasts * (shape.Contrasts + 1) / 2;
        long columnPairs = (long)shape.Columns * (shape.Columns + 1) / 2;
        return contrastPairs * columnPairs <= MostSums ? new HessianPlan(shape) : null;
    }
}
