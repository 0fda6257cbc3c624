using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// A matrix product over the rows of a tile: <c>Coefficients x (1 + Features)</c> sums of coefficient times feature, the first feature being 1.
/// The gradient is one (residuals by features); the Hessian is another (pairs of classes by pairs of features).
/// </summary>
/// <param name="Name">The name of the generated method.</param>
/// <param name="Coefficients">Row vectors of coefficients per block.</param>
/// <param name="Features">Row vectors of features per block.</param>
/// <param name="SumsAreVectors">Whether sums stay whole vectors from tile to tile, or are added up over the lanes after each.</param>
internal sealed record ProductShape(string Name, int Coefficients, int Features, bool SumsAreVectors)
{
    // Whole vectors of gradient sums beyond this leave the second-level cache.
    private const int LargestVectorSums = 256 * 1024;

    public int Columns => Features + 1;

    /// <summary>The gradient of the loss.</summary>
    public static ProductShape Gradient(Shape shape) => new(
        "Gradient", shape.Contrasts, shape.Features, (long)shape.Contrasts * shape.Columns * BlockLayout.VectorBytes <= LargestVectorSums);

    /// <summary>Doubles from one sum to the next in the scratch.</summary>
    public int SumStride => SumsAreVectors ? BlockLayout.VectorBytes / sizeof(double) : 1;

    /// <summary>Doubles that all sums take.</summary>
    public int SumDoubles => Coefficients * Columns * SumStride;
}
