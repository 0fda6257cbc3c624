namespace SoftmaxGen;

/// <summary>
/// Cuts the range of a number into intervals, a column each, so that a linear model can step: <c>[Buckets(18, 25, 35)]</c> on <c>Age</c> makes the columns
/// <c>Age&lt;18</c>, <c>Age[18,25)</c>, <c>Age[25,35)</c> and <c>Age>=35</c>. The column of the value's interval is 1, the others are 0. An edge belongs to
/// the interval above it; NaN is refused unless <see cref="FeatureAttribute.Missing"/> says that it stands for a missing value.
/// </summary>
/// <param name="edges">The edges, finite and ascending; at least one.</param>
/// <example>
/// <code>
/// public readonly record struct Client([Buckets(18, 25, 35)] int Age, double Income);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class BucketsAttribute(params double[] edges) : Attribute
{
    /// <summary>Gets the edges, ascending.</summary>
    public IReadOnlyList<double> Edges { get; } = edges;
}
