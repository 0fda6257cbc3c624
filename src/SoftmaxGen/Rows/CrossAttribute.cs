namespace SoftmaxGen;

/// <summary>
/// Adds the products of the columns of two members to the columns of a row type, behind those of the members: of two members with categories, a column for
/// each pair of levels, <c>Contract=OneYear*Internet=Fiber</c>.
/// </summary>
/// <param name="first">The name of a member that is a feature.</param>
/// <param name="second">The name of another one.</param>
/// <example>
/// <code>
/// [Cross(nameof(Contract), nameof(Internet))]
/// public sealed record Client(Contract Contract, Internet Internet, double Charges);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class CrossAttribute(string first, string second) : Attribute
{
    /// <summary>Gets the name of the first member.</summary>
    public string First { get; } = first;

    /// <summary>Gets the name of the second member.</summary>
    public string Second { get; } = second;
}
