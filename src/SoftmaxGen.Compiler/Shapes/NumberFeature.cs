namespace SoftmaxGen.Compiler;

/// <summary>A number, which is a column itself.</summary>
/// <param name="Name">The name.</param>
public sealed record NumberFeature(string Name) : FeatureDefinition(Name);
