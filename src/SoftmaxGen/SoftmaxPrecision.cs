namespace SoftmaxGen;

/// <summary>The floating-point type of a model's features, weights, scores and probabilities.</summary>
public enum SoftmaxPrecision
{
    /// <summary><see cref="double"/>: 64 bits.</summary>
    Double = 0,

    /// <summary>
    /// <see cref="float"/>: 32 bits, twice the rows per vector. Sums run in <see cref="float"/> within a tile of rows and in
    /// <see cref="double"/> across tiles, and the optimiser works in <see cref="double"/>.
    /// </summary>
    Single = 1,
}
