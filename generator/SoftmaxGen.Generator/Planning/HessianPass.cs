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
}
