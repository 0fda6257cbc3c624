namespace SoftmaxGen.Reports.Tests.Harness;

/// <summary>
/// A test that opens a page in Chromium: skipped, with the reason, where there is none, unless it is continuous integration on a machine where it could be
/// installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Program is null && Chromium.MayBeMissing)
        {
            Skip = Chromium.Lack;
        }
    }
}
