namespace SoftmaxGen;

/// <summary>
/// Lets the slope of a number change: <c>[Knots(10, 20)]</c> on <c>Age</c> makes the columns <c>Age</c>, <c>Age>10</c>, which is <c>max(0, Age - 10)</c>, and
/// <c>Age>20</c>. Scores are then continuous and piecewise linear in the number, and the weight of a knot is by how much the slope changes there.
/// </summary>
/// <param name="knots">The knots, finite and ascending; at least one.</param>
/// <example>
/// <code>
/// public readonly record struct Client([Knots(10, 20)] double Usage, double Income);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class KnotsAttribute(params double[] knots) : Attribute
{
    /// <summary>Gets the knots, ascending.</summary>
    public IReadOnlyList<double> Knots { get; } = knots;
}
