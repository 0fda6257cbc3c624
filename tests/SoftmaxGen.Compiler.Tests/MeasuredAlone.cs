namespace SoftmaxGen.Compiler.Tests;

/// <summary>Tests that measure the memory of the process: no other test runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Measured alone";
}
