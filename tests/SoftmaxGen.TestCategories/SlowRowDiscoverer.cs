using Xunit.Abstractions;
using Xunit.Sdk;

namespace SoftmaxGen;

/// <summary>Makes a test of each row of a <see cref="TheoryWithSlowRowsAttribute"/>, and marks those that the quick half leaves out.</summary>
/// <param name="messages">Who is told what is wrong with a theory.</param>
public sealed class SlowRowDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute)
    {
        var theory = (TheoryWithSlowRowsAttribute)((IReflectionAttributeInfo)theoryAttribute).Attribute;
        int row = 0;
        foreach (IXunitTestCase test in base.Discover(discoveryOptions, testMethod, theoryAttribute))
        {
            if (!theory.IsQuick(row++, test.TestMethodArguments ?? []))
            {
                test.Traits[TestCategory.Name] = [TestCategory.Slow, TestCategory.EveryWidth];
            }

            yield return test;
        }
    }
}
