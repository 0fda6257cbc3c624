namespace SoftmaxGen.Compiler;

/// <summary>A number whose range is cut into intervals, a column each: <see cref="BucketsAttribute"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Edges">The edges, finite and ascending; at least one.</param>
public sealed record BucketFeature(string Name, IReadOnlyList<double> Edges) : FeatureDefinition(Name);
