namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>
/// A fact that other programs attest. Without them it is skipped, with the reason, on a developer's machine; where <c>CI</c> is set in the
/// environment it runs, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OutsideFactAttribute : FactAttribute
{
    public OutsideFactAttribute()
    {
        if (OutsideTools.Missing is { } reason && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = reason;
        }
    }
}
