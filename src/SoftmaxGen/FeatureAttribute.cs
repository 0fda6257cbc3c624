namespace SoftmaxGen;

/// <summary>
/// Says what a member of a row type is called as a feature and where it stands among the features, or that it is none. Members without the attribute
/// are features in the order of their declaration. On a parameter of a record it speaks of the property of that name.
/// </summary>
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
}
