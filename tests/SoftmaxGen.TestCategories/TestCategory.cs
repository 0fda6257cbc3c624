namespace SoftmaxGen;

/// <summary>
/// The category of tests that the quick half leaves out: whatever takes more than some seconds. Each capability keeps tests that are quick.
/// <c>dotnet test --filter Category!=Slow</c> runs them.
/// </summary>
public static class TestCategory
{
    /// <summary>The name of the trait.</summary>
    public const string Name = "Category";

    /// <summary>The value that marks a slow test, a class of them, or a row of a <see cref="TheoryWithSlowRowsAttribute"/>.</summary>
    public const string Slow = "Slow";

    /// <summary>The second value of slow tests that run with narrower vectors all the same, as quick ones do.</summary>
    public const string EveryWidth = "EveryWidth";
}
