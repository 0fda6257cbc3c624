namespace SoftmaxGen.AotTests;

/// <summary>
/// A theory about programs for Arm: skipped, with the reason, where they cannot be made or run, unless it is continuous integration on a machine where their
/// tools could be installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ArmTheoryAttribute : TheoryAttribute
{
    public ArmTheoryAttribute()
    {
        // .ci/run says so where a mirror has no packages of Arm.
        bool isMissing = Environment.GetEnvironmentVariable("SOFTMAXGEN_ARM") == "missing";
        if (isMissing || !NativeTools.IsRequired)
        {
            Skip = ArmTools.Lack;
        }
    }
}
