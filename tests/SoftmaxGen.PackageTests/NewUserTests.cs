using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>The first minutes of a new user: an empty folder, the package, the first example of the README.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public partial class NewUserTests
{
    [Fact]
    public async Task The_first_example_of_the_readme_runs_with_no_extra_setting()
    {
        string example = FirstExample().Match(Repository.Read("README.md")).Groups["code"].Value;
        string expected = Comment().Match(example).Groups["output"].Value;
        using Playground playground = await Playground.CreateAsync();

        (await playground.RunAsync("new", "console")).Succeeded();
        (await playground.RunAsync("add", "package", "SoftmaxGen")).Succeeded();
        playground.Write("Program.cs", example);
        CommandResult run = await playground.RunAsync("run");

        Assert.NotEmpty(expected);
        Assert.Equal(expected, run.Succeeded().Trim());
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstExample();

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (?<output>.*)")]
    private static partial Regex Comment();
}
