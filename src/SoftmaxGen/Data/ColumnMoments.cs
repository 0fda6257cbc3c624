namespace SoftmaxGen.Data;

/// <summary>Where the features of a training set lie, and how far they spread.</summary>
/// <param name="Means">The weighted mean of each feature.</param>
/// <param name="Deviations">The weighted standard deviation of each feature (divisor n); 0 for a constant feature.</param>
internal sealed record ColumnMoments(double[] Means, double[] Deviations);
