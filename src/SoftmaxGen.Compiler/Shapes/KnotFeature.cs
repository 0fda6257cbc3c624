namespace SoftmaxGen.Compiler;

/// <summary>A number whose slope may change at knots: <see cref="KnotsAttribute"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Knots">The knots, finite and ascending; at least one.</param>
public sealed record KnotFeature(string Name, IReadOnlyList<double> Knots) : FeatureDefinition(Name);
