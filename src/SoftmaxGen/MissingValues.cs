namespace SoftmaxGen;

/// <summary>What a prediction does about a feature that is NaN or infinite.</summary>
public enum MissingValues
{
    /// <summary>It throws an <see cref="ArgumentException"/> that names the feature, the row and the value.</summary>
    Throw = 0,

    /// <summary>
    /// It does not look. A NaN makes every score and every probability of its row NaN, and the label that of the first class; other rows of a batch
    /// are not affected. An infinity goes through the arithmetic like any number: scores come out infinite or NaN, and no result is to be relied on.
    /// </summary>
    Propagate = 1,
}
