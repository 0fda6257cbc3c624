using Xunit;
using Xunit.Sdk;

namespace SoftmaxGen;

/// <summary>A theory with many rows of data, of which the quick half runs one in so many. The rest of its rows are <see cref="TestCategory.Slow"/>.</summary>
/// <param name="every">
/// The quick half runs the first row and every so many behind it. The number shares no divisor with the period in which the rows repeat something.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("SoftmaxGen.LongTheoryDiscoverer", "SoftmaxGen.TestCategories")]
public class LongTheoryAttribute(int every = 1) : TheoryAttribute
{
    /// <summary>Tells whether the quick half runs a row.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    /// <param name="arguments">What the row has for the parameters of the test.</param>
    /// <returns>Whether it does.</returns>
    public virtual bool IsQuick(int row, object?[] arguments) => row % every == 0;
}
