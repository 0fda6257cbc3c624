namespace SoftmaxGen.Compiler;

/// <summary>A flag, 1 or 0.</summary>
/// <param name="Name">The name.</param>
public sealed record FlagFeature(string Name) : FeatureDefinition(Name);
