namespace SoftmaxGen;

/// <summary>Which value of a number stands for a missing one, besides null.</summary>
public enum MissingValue
{
    /// <summary>None: NaN is refused, or propagated where the model's <see cref="MissingValues"/> say so.</summary>
    None = 0,

    /// <summary>NaN: the columns of the member are 0, and its column for missing values is 1.</summary>
    NaN = 1,
}
