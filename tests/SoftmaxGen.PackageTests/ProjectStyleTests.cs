namespace SoftmaxGen.PackageTests;

/// <summary>Projects of one part, in the styles that users have.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class ProjectStyleTests
{
    private const string Strict = """
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <AnalysisLevel>latest-all</AnalysisLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <Nullable>enable</Nullable>
        """;

    [Fact]
    public Task A_console_program() => AssertRunsAsync("<Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>");

    [Fact]
    public Task Nullable_off_and_implicit_usings_off() => AssertRunsAsync("<Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings>");

    [Fact]
    public Task The_oldest_version_of_the_language() => AssertRunsAsync("<LangVersion>11.0</LangVersion>");

    [Fact]
    public Task Every_rule_an_error_with_a_documentation_file() => AssertRunsAsync(Strict);

    [Fact]
    public async Task Several_target_frameworks()
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("App/App.csproj", Projects.Project(Projects.Reference, framework: "<TargetFrameworks>net9.0;net10.0</TargetFrameworks>"))
            .Write("App/Program.cs", Projects.Program)
            .Write("App/IrisModel.cs", Projects.Model());

        await playground.BuildCleanlyAsync("App");

        Assert.Equal("2", await playground.RunBuiltAsync("App", "net9.0"));
        Assert.Equal("2", await playground.RunBuiltAsync("App", "net10.0"));
    }

    [Fact]
    public async Task Central_package_management()
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("Directory.Packages.props", """
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="SoftmaxGen" Version="{version}" />
                  </ItemGroup>
                </Project>
                """)
            .Write("App/App.csproj", Projects.Project("""<PackageReference Include="SoftmaxGen" />"""))
            .Write("App/Program.cs", Projects.Program)
            .Write("App/IrisModel.cs", Projects.Model());

        // Several sources without a mapping are NuGet's own complaint about the machine, not about the package.
        (await playground.RunAsync("build", "App", "-warnaserror", "-p:NoWarn=NU1507", "-v", "quiet")).Succeeded();

        Assert.Equal("2", await playground.RunBuiltAsync("App"));
    }

    [Fact]
    public async Task Two_models_of_one_name_in_two_namespaces()
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("App/App.csproj", Projects.Project(Projects.Reference))
            .Write("App/Program.cs", Projects.Program)
            .Write("App/IrisModel.cs", Projects.Model())
            .Write("App/Other.cs", Projects.Model("internal", "Demo.Other"));

        await playground.BuildCleanlyAsync("App");

        Assert.Equal("2", await playground.RunBuiltAsync("App"));
    }

    private static async Task AssertRunsAsync(string properties)
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("App/App.csproj", Projects.Project(Projects.Reference, properties))
            .Write("App/Program.cs", Projects.Program)
            .Write("App/IrisModel.cs", Projects.Model("internal"));

        await playground.BuildCleanlyAsync("App");

        Assert.Equal("2", await playground.RunBuiltAsync("App"));
    }
}
