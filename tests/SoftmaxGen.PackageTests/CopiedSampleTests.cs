using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>Samples in a folder of their own, with the packages in the place of the sources: what a user does who begins with one.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public partial class CopiedSampleTests
{
    [Fact]
    public async Task TrainThenBake_trains_on_its_first_run_and_carries_its_weights_from_then_on()
    {
        using Playground playground = await Playground.CreateAsync();
        Copy(playground, "TrainThenBake");

        string[] first = Lines((await playground.RunAsync("run", "--project", "TrainThenBake")).Succeeded());
        string[] second = Lines((await playground.RunAsync("run", "--project", "TrainThenBake")).Succeeded());

        Assert.StartsWith("Trained, and saved", first[0], StringComparison.Ordinal);
        Assert.StartsWith("The weights are part of the program", second[0], StringComparison.Ordinal);
        Assert.StartsWith("Technical, 0.9", first[1], StringComparison.Ordinal);
        Assert.Equal(first[1], second[1]);
    }

    [Fact]
    public async Task The_churn_service_builds_from_its_package()
    {
        using Playground playground = await Playground.CreateWithAllAsync();
        Copy(playground, "Churn");

        await playground.BuildCleanlyAsync("Churn");
    }

    private static void Copy(Playground playground, string sample)
    {
        string folder = Path.Combine(Repository.Folder, "samples", sample);
        foreach (string file in Directory.GetFiles(folder, "*.cs").Concat(Directory.GetFiles(folder, "*.csproj")))
        {
            string text = GeneratorReference().Replace(File.ReadAllText(file), "");
            playground.Write($"{sample}/{Path.GetFileName(file)}", SourceReference().Replace(text, """<PackageReference Include="$1" Version="{version}" />"""));
        }
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("""<ProjectReference Include="[./]*src/([\w.]+)/[\w.]+" />""")]
    private static partial Regex SourceReference();

    [GeneratedRegex("""<ProjectReference Include="[^"]*SoftmaxGen.Generator.csproj"[^/]*/>""")]
    private static partial Regex GeneratorReference();
}
