using System.Text.Json;
using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>The first minutes of a new user: an empty folder, the package, the examples of the README and the page that comes next.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public partial class NewUserTests
{
    [Fact]
    public async Task The_first_example_of_the_readme_runs_with_no_extra_setting()
    {
        string example = Example().Match(Repository.Read("README.md")).Groups["code"].Value;
        string expected = Comment().Match(example).Groups["output"].Value;
        using Playground playground = await Playground.CreateAsync();

        (await playground.RunAsync("new", "console")).Succeeded();
        (await playground.RunAsync("add", "package", "SoftmaxGen")).Succeeded();
        playground.Write("Program.cs", example);
        CommandResult run = await playground.RunAsync("run");

        Assert.NotEmpty(expected);
        Assert.Equal(expected, run.Succeeded().Trim());
    }

    [Fact]
    public async Task The_second_example_of_the_readme_runs_as_a_file_without_a_project()
    {
        string readme = Repository.Read("README.md");
        string example = Example().Matches(readme)[1].Groups["code"].Value;
        using Playground playground = await Playground.CreateAsync();

        playground.Write("app.cs", $"{PackageLine().Match(readme).Value}\n{example}").Write("iris.csv", Repository.Read("samples/data/iris.csv"));
        CommandResult run = await playground.RunAsync("run", "app.cs");

        Assert.Equal(Comment().Matches(example).Select(static line => line.Groups["output"].Value), run.Succeeded().Trim().Split('\n'));
    }

    [Fact]
    public async Task The_way_from_a_file_to_a_service_works_as_its_page_has_it()
    {
        string page = Repository.Read("docs/getting-started.md");
        string[] code = [.. CodeOfPage().Matches(page).Select(static block => block.Groups["code"].Value)];
        string[] shown = [.. Shown().Matches(page).Select(static block => block.Groups["output"].Value)];
        using Playground playground = await Playground.CreateAsync();

        (await playground.RunAsync("new", "console", "-o", "Train")).Succeeded();
        (await playground.RunAsync("add", "Train", "package", "SoftmaxGen")).Succeeded();
        playground.Write("Train/iris.csv", Repository.Read("samples/data/iris.csv")).Write("Train/Flower.cs", code[0]);
        playground.Write("Train/Program.cs", $"{code[1]}{code[2]}");
        CommandResult run = await DotNet.RunAsync(Path.Combine(playground.Folder, "Train"), "run");
        (await playground.RunAsync("new", "web", "-o", "Service")).Succeeded();
        (await playground.RunAsync("add", "Service", "package", "SoftmaxGen")).Succeeded();
        playground.Write("Service/Flower.cs", code[0]).Write("Service/Program.cs", code[3]);
        File.Copy(Path.Combine(playground.Folder, "Train", "iris.softmax.json"), Path.Combine(playground.Folder, "Service", "iris.softmax.json"));

        Assert.Equal(string.Concat(shown).Trim(), run.Succeeded().Trim());
        (await playground.RunAsync("build", "Service", "-warnaserror")).Succeeded();
        string[] commands = ServiceCommands().Match(page).Groups["commands"].Value.Split('\n');
        using Service service = await Service.StartAsync(Path.Combine(playground.Folder, "Service"), commands[0]);
        JsonElement answer = JsonDocument.Parse(await service.CurlAsync(commands[1])).RootElement;
        Assert.Contains(
            $"`{{\"species\":\"{answer.GetProperty("species").GetString()}\",\"probability\":{answer.GetProperty("probability").GetDouble():F2}…}}`",
            page,
            StringComparison.Ordinal);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```cs(harp)?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeOfPage();

    [GeneratedRegex("```csharp\n[^`]*```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex("```\ncd Service\n(?<commands>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ServiceCommands();

    [GeneratedRegex("#:package .*")]
    private static partial Regex PackageLine();

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (?<output>.*)")]
    private static partial Regex Comment();
}
