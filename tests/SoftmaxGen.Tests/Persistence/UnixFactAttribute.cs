namespace SoftmaxGen.Tests.Persistence;

/// <summary>A fact about permissions and symbolic links: skipped on Windows, which has neither in the form that is tested.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no Unix permissions." : null;
}
