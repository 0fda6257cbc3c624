namespace SoftmaxGen.Generator.Specs;

/// <summary>What a prediction does about a feature that is not finite. The values are those of the attribute's <c>MissingValues</c>.</summary>
internal enum MissingValues
{
    /// <summary>It throws.</summary>
    Throw = 0,

    /// <summary>It does not look.</summary>
    Propagate = 1,
}
