namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>
/// A fact that needs scikit-learn. Where it cannot be had, the test is skipped and says why; in continuous integration, where the environment has <c>CI</c>, it
/// runs, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SklearnFactAttribute : FactAttribute
{
    public SklearnFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && Python.MissingReason is { } reason)
        {
            Skip = $"scikit-learn is missing: {reason}";
        }
    }
}
