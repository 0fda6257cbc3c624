namespace SoftmaxGen;

/// <summary>
/// Makes categories of a <see cref="string"/> member of a row type: a column for each level, <c>Country=DE</c>, that is 1 in rows with the level and 0 in
/// others. A string that is none of the levels is refused with its row, member and value, unless <see cref="FeatureAttribute.Unknown"/> says otherwise;
/// null is refused too, unless the member is declared nullable, <c>string?</c>, and has one more column for missing values.
/// </summary>
/// <param name="levels">The levels in the order of their columns: at least one, none of them null or blank, all different.</param>
/// <example>
/// <code>
/// public readonly record struct Client([Categories("DE", "FR", "IT")] string Country, double Income);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class CategoriesAttribute(params string[] levels) : Attribute
{
    /// <summary>Gets the levels in the order of their columns.</summary>
    public IReadOnlyList<string> Levels { get; } = levels;

    /// <summary>
    /// Gets or sets a value indicating whether case does not count, as for <see cref="StringComparison.OrdinalIgnoreCase"/>. The default is false: strings are
    /// compared unit by unit. No culture has a say in either.
    /// </summary>
    public bool IgnoreCase { get; set; }
}
