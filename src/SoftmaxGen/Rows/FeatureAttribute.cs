namespace SoftmaxGen;

/// <summary>
/// Says what a member of a row type is called as a feature, where it stands among the features and what its values mean, or that it is no feature. Members
/// without the attribute are features in the order of their declaration. On a parameter of a record it speaks of the property of that name.
/// </summary>
/// <example>
/// <code>
/// public readonly record struct Patient(
///     [Feature(Name = "age (years)")] double Age,
///     [Feature(Missing = MissingValue.NaN)] double Pressure,
///     [Feature(Ignore = true)] string Name);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>
    /// Gets or sets the place among the features: those that have one come first, in ascending order, and the others follow in the order of their
    /// declaration. No two members of a row may have the same.
    /// </summary>
    public int Order { get; set; }

    /// <summary>
    /// Gets or sets the name of the feature, which may be one that no identifier can spell: <c>sepal length (cm)</c>. Files, messages and
    /// <see cref="ModelShape.FeatureNames"/> have it. It is not blank, and no other feature may have it. The default is the name of a
    /// <c>System.ComponentModel.DataAnnotations.DisplayAttribute</c> that is no key of a resource, or else the text of a
    /// <c>System.ComponentModel.DescriptionAttribute</c>, or else the name of the member.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets a value indicating whether the member is no feature. The default is false.</summary>
    public bool Ignore { get; set; }

    /// <summary>
    /// Gets or sets what is done about a value of an enum or of <see cref="CategoriesAttribute"/> that is none of the levels. The default is to refuse it.
    /// </summary>
    public UnknownValues Unknown { get; set; }

    /// <summary>
    /// Gets or sets which value of a <see cref="double"/>, <see cref="float"/> or <see cref="Half"/> stands for a missing one. The default is none. A member
    /// that can be missing has one more column behind its own, <c>Name?</c>, which is 1 where the value is missing and 0 where it is not.
    /// </summary>
    public MissingValue Missing { get; set; }

    /// <summary>
    /// Gets or sets the level that gets no column (treatment coding), so that the weights of the others are differences from it: a value of the enum, one of
    /// the strings of <see cref="CategoriesAttribute"/>, or a number in one of the intervals of <see cref="BucketsAttribute"/>. The default is null: every
    /// level has its column. Inference without a penalty needs it, because the columns of all levels add up to that of the bias.
    /// </summary>
    public object? Baseline { get; set; }
}
