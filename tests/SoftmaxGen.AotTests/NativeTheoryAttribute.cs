namespace SoftmaxGen.AotTests;

/// <summary>A theory about native programs: skipped, with the reason, on a machine that cannot make them, unless it is continuous integration.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute()
    {
        if (!NativeTools.IsRequired)
        {
            Skip = NativeTools.Lack;
        }
    }
}
