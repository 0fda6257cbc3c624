using Xunit;
using Xunit.Sdk;

namespace SoftmaxGen;

/// <summary>A theory of which the quick half runs some rows. The rest are <see cref="TestCategory.Slow"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("SoftmaxGen.SlowRowDiscoverer", "SoftmaxGen.TestCategories")]
public abstract class TheoryWithSlowRowsAttribute : TheoryAttribute
{
    /// <summary>Tells whether the quick half runs a row.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    /// <param name="arguments">What the row has for the parameters of the test.</param>
    /// <returns>Whether it does.</returns>
    public abstract bool IsQuick(int row, object?[] arguments);
}
