using System.Reflection;
using SoftmaxGen.Tests.PublicApi;

namespace SoftmaxGen.Reports.Tests;

/// <summary>
/// The public surface of the package is the one that was approved, <c>PublicApi.verified.txt</c>. With <c>SOFTMAXGEN_ACCEPT_SNAPSHOTS=1</c> in the
/// environment it is approved as it is.
/// </summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string folder = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static one => one.Key == "ProjectDirectory").Value!;
        string verified = Path.Combine(folder, "PublicApi.verified.txt");
        string text = PublicApiText.Write(typeof(ModelReport).Assembly);
        if (Environment.GetEnvironmentVariable("SOFTMAXGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, text);
        }

        Assert.Equal(File.ReadAllText(verified), text);
    }
}
