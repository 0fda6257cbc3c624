namespace SoftmaxGen.Tests.Memory;

/// <summary>A theory about pages of memory, whose flags are those of Linux: skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "The flags of mmap are those of Linux.";
}
