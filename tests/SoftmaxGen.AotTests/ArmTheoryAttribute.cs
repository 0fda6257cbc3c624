namespace SoftmaxGen.AotTests;

/// <summary>A theory about programs for Arm: skipped, with the reason, where they cannot be made or run, unless it is continuous integration.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ArmTheoryAttribute : TheoryAttribute
{
    public ArmTheoryAttribute()
    {
        if (!NativeTools.IsRequired)
        {
            Skip = ArmTools.Lack;
        }
    }
}
