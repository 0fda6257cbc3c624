namespace SoftmaxGen.Benchmarks.Models;

/// <summary>Wine: three cultivars by thirteen measurements.</summary>
[SoftmaxModel(Classes = 3, Features = 13)]
public sealed partial class Double3x13;
