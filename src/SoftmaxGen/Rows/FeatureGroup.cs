namespace SoftmaxGen;

/// <summary>The columns that a member of a row type, or the cross of two, makes: one of <see cref="ModelShape.FeatureGroups"/>.</summary>
/// <param name="Name">The name of the member as a feature; of a cross, both names with a star between them.</param>
/// <param name="First">The index of its first column among the features of the model.</param>
/// <param name="Count">The number of its columns.</param>
public readonly record struct FeatureGroup(string Name, int First, int Count)
{
    /// <summary>
    /// Gets the indices of the two groups of which a cross has the products: first those of the first column of the one with all columns of the other. Null for
    /// a member.
    /// </summary>
    public (int First, int Second)? Factors { get; init; }
}
