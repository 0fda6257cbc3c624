using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>What the package adds to a build: explanations where it cannot work, or not well, and a way to switch it off.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class BuildCheckTests
{
    public static TheoryData<string> Warnings => ["SMG0050", "SMG0051"];

    [Fact]
    public async Task A_compiler_that_is_too_old_is_reported_with_the_remedy()
    {
        using Playground playground = await WithModelAsync();

        string output = (await playground.RunAsync("build", "App", "-p:CompilerApiVersion=roslyn4.8")).Output;

        Assert.Contains("warning SMG0050: The compiler of this build is Roslyn 4.8, but the SoftmaxGen generator needs Roslyn 4.14 or later", output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-x64", "", true)]
    [InlineData("win-x64", "", true)]
    [InlineData("linux-x64", "-p:IlcInstructionSet=x86-x64-v3", false)]
    [InlineData("linux-arm64", "", false)]
    [InlineData("linux-x64", "-p:PublishAot=false", false)]
    public async Task Native_code_without_an_instruction_set_is_reported_with_the_remedy(string runtime, string property, bool isReported)
    {
        using Playground playground = await WithModelAsync();
        string[] arguments =
            ["msbuild", "App", "-t:SoftmaxGenCheckInstructionSet", "-p:PublishAot=true", $"-p:RuntimeIdentifier={runtime}",
                .. property.Length > 0 ? (string[])[property] : []];
        (await playground.RunAsync("restore", "App")).Succeeded();

        string output = (await playground.RunAsync(arguments)).Succeeded();

        Assert.Equal(isReported, output.Contains("warning SMG0051: PublishAot is on and IlcInstructionSet is not set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("net9.0", "x86-x64-v3")]
    [InlineData("net10.0", "x86-64-v3")]
    public async Task The_remedy_is_a_name_that_the_native_compiler_of_the_framework_knows(string framework, string instructionSet)
    {
        using Playground playground = await WithModelAsync();
        string[] framed = [$"-p:TargetFramework={framework}", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64"];
        (await playground.RunAsync(["restore", "App", .. framed])).Succeeded();

        string output = (await playground.RunAsync(["msbuild", "App", "-t:SoftmaxGenCheckInstructionSet", .. framed])).Succeeded();

        Assert.Contains($"set IlcInstructionSet to {instructionSet} for", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_may_switch_the_generator_off()
    {
        using Playground playground = await WithModelAsync();

        CommandResult build = await playground.RunAsync("build", "App", "-p:SoftmaxGenEnabled=false");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error CS0117: 'IrisModel' does not contain a definition for 'Train'", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SMG", build.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.1")]
    public async Task A_framework_that_is_too_old_is_refused_by_restore(string framework)
    {
        using Playground playground = await WithModelAsync();

        CommandResult restore = await playground.RunAsync("restore", "App", $"-p:TargetFramework={framework}");

        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("NU1202", restore.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:RunAnalyzers=false")]
    [InlineData("-p:RunAnalyzersDuringBuild=false")]
    public async Task Wrong_code_is_reported_by_a_build_without_analyzers(string property)
    {
        using Playground playground = await WithModelAsync();

        CommandResult build = await playground.RunAsync("build", "App", "-p:LangVersion=10.0", property);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error SMG0008: The softmax model 'IrisModel' is compiled as C# 10.0", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_code_is_reported_by_the_build()
    {
        using Playground playground = await WithModelAsync();

        CommandResult build = await playground.RunAsync("build", "App", "-p:LangVersion=10.0");

        Assert.Contains("error SMG0008: The softmax model 'IrisModel' is compiled as C# 10.0", build.Output, StringComparison.Ordinal);
        Assert.Contains("https://github.com/softmaxgen/softmaxgen/blob/main/docs/diagnostics/SMG0008.md", build.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public void A_page_quotes_the_warning(string id)
    {
        string targets = Repository.Read("src/SoftmaxGen/buildTransitive/SoftmaxGen.targets");
        string text = WarningText(id).Match(targets).Groups["text"].Value
            .Replace("$(_SoftmaxGenCompiler)", "4.8", StringComparison.Ordinal)
            .Replace("$(_SoftmaxGenInstructionSet)", "x86-64-v3", StringComparison.Ordinal);
        string page = Repository.Read($"docs/diagnostics/{id}.md");

        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        Assert.Contains($"> {text}\n", page, StringComparison.Ordinal);
        Assert.Contains("## Project that causes it\n", page, StringComparison.Ordinal);
        Assert.Contains("## Project that mends it\n", page, StringComparison.Ordinal);
    }

    private static async Task<Playground> WithModelAsync() => (await Playground.CreateAsync())
        .Write("App/App.csproj", Projects.Project(Projects.Reference))
        .Write("App/Program.cs", Projects.Program)
        .Write("App/IrisModel.cs", Projects.Model());

    private static Regex WarningText(string id) => new($"Code=\"{id}\"[^>]*Text=\"(?<text>[^\"]*)\"", RegexOptions.Singleline);
}
