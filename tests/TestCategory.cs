namespace SoftmaxGen;

/// <summary>
/// The category of tests that the quick half leaves out: whatever takes more than some seconds. Each capability keeps tests that are quick.
/// <c>dotnet test --filter Category!=Slow</c> runs them.
/// </summary>
internal static class TestCategory
{
    /// <summary>The name of the trait.</summary>
    public const string Name = "Category";

    /// <summary>The value that marks a slow test, or a class of them.</summary>
    public const string Slow = "Slow";
}
