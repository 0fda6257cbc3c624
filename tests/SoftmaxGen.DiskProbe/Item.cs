namespace SoftmaxGen.DiskProbe;

/// <summary>A row that is an object.</summary>
/// <param name="Size">A feature.</param>
/// <param name="Age">A feature.</param>
/// <param name="Kind">The label.</param>
public sealed record Item(double Size, double Age, [property: Label] Kind Kind);
