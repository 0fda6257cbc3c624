namespace SoftmaxGen.Disk.Tests;

/// <summary>What rows have beside features and labels.</summary>
[Flags]
public enum Extras
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Weights, some of them 0.</summary>
    Weights = 1,

    /// <summary>Weights, from the middle on.</summary>
    LateWeights = 2,

    /// <summary>Soft labels.</summary>
    Targets = 4,

    /// <summary>Something that is added to the scores.</summary>
    Offsets = 8,
}
