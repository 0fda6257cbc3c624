namespace SoftmaxGen.Tests.Persistence;

/// <summary>A theory about permissions and symbolic links: skipped on Windows, which has neither in the form that is tested.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no Unix permissions." : null;
}
