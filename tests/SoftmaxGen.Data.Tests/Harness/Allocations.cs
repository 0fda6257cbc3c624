namespace SoftmaxGen.Data.Tests.Harness;

/// <summary>Tests that look at what the process allocates: none runs beside another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Allocations
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Allocations";

    /// <summary>What a small file may make a reader allocate, damaged or not.</summary>
    public const long Most = 64 << 20;

    /// <summary>When a reader is taken for one that has no end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
}
