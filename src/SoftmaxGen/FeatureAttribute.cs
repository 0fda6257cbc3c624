namespace SoftmaxGen;

/// <summary>
/// Says where a member of a row type stands among the features, or that it is none. Members without the attribute are features in the order of their
/// declaration. On a parameter of a record it speaks of the property of that name.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>
    /// Gets or sets the place among the features: those that have one come first, in ascending order, and the others follow in the order of their
    /// declaration. No two members of a row may have the same.
    /// </summary>
    public int Order { get; set; }

    /// <summary>Gets or sets a value indicating whether the member is no feature. The default is false.</summary>
    public bool Ignore { get; set; }
}
