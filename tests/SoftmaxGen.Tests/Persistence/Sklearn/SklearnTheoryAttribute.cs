namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>A theory that needs scikit-learn; see <see cref="SklearnFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SklearnTheoryAttribute : TheoryAttribute
{
    public SklearnTheoryAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && Python.MissingReason is { } reason)
        {
            Skip = $"scikit-learn is missing: {reason}";
        }
    }
}
