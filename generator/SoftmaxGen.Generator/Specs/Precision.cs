namespace SoftmaxGen.Generator.Specs;

/// <summary>The floating-point type of features, weights and probabilities. The values are those of the attribute's <c>SoftmaxPrecision</c>.</summary>
internal enum Precision
{
    /// <summary><see cref="double"/>.</summary>
    Double = 0,

    /// <summary><see cref="float"/>.</summary>
    Single = 1,
}
