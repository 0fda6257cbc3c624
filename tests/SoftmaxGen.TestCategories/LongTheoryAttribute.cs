namespace SoftmaxGen;

/// <summary>A theory with many rows of data, of which the quick half runs one in so many. The rest of its rows are <see cref="TestCategory.Slow"/>.</summary>
/// <param name="every">
/// The quick half runs the first row and every so many behind it. The number shares no divisor with the period in which the rows repeat something.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute(int every) : TheoryWithSlowRowsAttribute
{
    /// <summary>Gets the distance from one row that the quick half runs to the next.</summary>
    public int Every { get; } = every;

    /// <inheritdoc/>
    public override bool IsQuick(int row, object?[] arguments) => row % Every == 0;
}
