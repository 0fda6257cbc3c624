using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Planning;

/// <summary>A pass over the rows of a tile for some elements of the Hessian: a few pairs of columns <c>a >= b</c> for every pair of contrasts.</summary>
/// <param name="First">The first pair of columns, counted row by row of the triangle.</param>
/// <param name="Pairs">The pairs; column 0 is 1.</param>
internal sealed record HessianPass(int First, EquatableArray<(int A, int B)> Pairs)
{
    /// <summary>The name of the generated method.</summary>
    public string Name => $"Hessian{First}";

    /// <summary>The columns of the pairs that are loaded.</summary>
    public IEnumerable<int> Columns => Pairs.SelectMany(static pair => new[] { pair.A, pair.B }).Where(static column => column > 0).Distinct();

    /// <summary>The estimated size of the method.</summary>
    public CodeSize Size(int coefficients, int vectorsPerBlock)
    {
        int products = Pairs.Count(static pair => pair.B > 0);
        int bias = Pairs.Count(static pair => pair.A == 0);
        CodeSize rowVector = ((coefficients + Columns.Count()) * StatementSizes.Load)
            + (products * StatementSizes.Multiply)
            + (bias * coefficients * StatementSizes.Add)
            + ((Pairs.Count - bias) * coefficients * StatementSizes.MultiplyAdd);
        CodeSize loop = StatementSizes.Loop + (vectorsPerBlock * rowVector) + (2 * StatementSizes.Advance);
        return (Pairs.Count * coefficients * (StatementSizes.Zero + StatementSizes.Store)) + loop;
    }
}
