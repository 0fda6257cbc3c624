namespace SoftmaxGen.PackageTests;

/// <summary>Solutions of several projects: who refers to the package, and who is given it.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class SeveralProjectsTests
{
    private const string Library = """<ProjectReference Include="../Library/Library.csproj" />""";

    [Fact]
    public async Task A_model_in_a_class_library_is_used_by_a_program_that_does_not_name_the_package()
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("Library/Library.csproj", Projects.Project(Projects.Reference, isProgram: false))
            .Write("Library/IrisModel.cs", Projects.Model())
            .Write("App/App.csproj", Projects.Project(Library))
            .Write("App/Program.cs", Projects.Program);

        await playground.BuildCleanlyAsync("App");

        Assert.Equal("2", await playground.RunBuiltAsync("App"));
    }

    [Fact]
    public async Task Internals_visible_between_two_assemblies_with_models_of_one_name()
    {
        using Playground playground = await Playground.CreateAsync();
        playground
            .Write("Library/Library.csproj", Projects.Project(Projects.Reference + """<InternalsVisibleTo Include="App" />""", isProgram: false))
            .Write("Library/IrisModel.cs", Projects.Model("internal"))
            .Write("App/App.csproj", Projects.Project(Projects.Reference + Library))
            .Write("App/Program.cs", Projects.Program)
            .Write("App/IrisModel.cs", Projects.Model("internal", "Demo.Own"));

        await playground.BuildCleanlyAsync("App");

        Assert.Equal("2", await playground.RunBuiltAsync("App"));
    }
}
