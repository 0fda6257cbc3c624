using SoftmaxGen.Compiler;

namespace SoftmaxGen.Tool.Inference;

/// <summary>What becomes of a column, and why.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Feature">The feature; null where the column is ignored.</param>
/// <param name="Reason">Why.</param>
internal sealed record ColumnDecision(string Name, FeatureDefinition? Feature, string Reason)
{
    /// <summary>Gets what the user should think about; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Gets in a word or two what the column is.</summary>
    public string Kind => Feature switch
    {
        null => "ignored",
        FlagFeature => "flag",
        BucketFeature => "intervals",
        KnotFeature => "knots",
        CategoryFeature categories => $"{Tables.Listing.Count(categories.Levels.Count, "level")}",
        HashedFeature => "hashed",
        _ => "number",
    };
}
