using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>The pages in <c>docs/diagnostics</c>: every diagnostic has one, and what it says is true.</summary>
public partial class DiagnosticPageTests
{
    private static readonly DiagnosticDescriptor[] _descriptors = [.. AnalyzerHarness.SupportedDiagnostics];

    public static TheoryData<string> Ids => [.. _descriptors.Select(static descriptor => descriptor.Id)];

    // SMG0050 and above are warnings of the package's build targets; SoftmaxGen.PackageTests reads their pages.
    [Fact]
    public void The_pages_are_those_of_the_diagnostics() => Assert.Equal(
        _descriptors.Select(static descriptor => descriptor.Id).Concat(["SMG0050", "SMG0051"]).Select(static id => id + ".md").Order(StringComparer.Ordinal),
        Directory.GetFiles(SourceTree.DiagnosticPages, "SMG*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_is_headed_by_id_and_title(string id)
    {
        DiagnosticDescriptor descriptor = _descriptors.Single(descriptor => descriptor.Id == id);

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", Page(id), StringComparison.Ordinal);
        Assert.Equal($"https://github.com/softmaxgen/softmaxgen/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_code_that_causes_it_does_so_with_the_message_on_the_page(string id)
    {
        string page = Page(id);
        (string code, Settings settings, AdditionalText[] files) = Example(page, "Code that causes it");

        // With its generated part, for the diagnostics that are about calls of it; the code compiles but for what the diagnostic explains.
        Compilation compilation = GeneratorHarness.CompileWithModels(settings, code);
        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(compilation, files));

        Assert.Equal(id, diagnostic.Id);
        Assert.Contains($"> {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_code_that_mends_it_compiles(string id)
    {
        (string code, Settings settings, AdditionalText[] files) = Example(Page(id), "Code that mends it");

        Compilation compilation = WeightsFiles.CompileWithModels(settings, code, files);

        GeneratorHarness.AssertClean(compilation);
        Assert.DoesNotContain(
            await WeightsFiles.AnalyzeAsync(compilation, files),
            diagnostic => diagnostic.Id == id || diagnostic.Severity > DiagnosticSeverity.Info);
    }

    private static string Page(string id) => File.ReadAllText(Path.Combine(SourceTree.DiagnosticPages, id + ".md"));

    // Under its heading an example has C#, and project settings or a weights file where those are what is wrong.
    private static (string Code, Settings Settings, AdditionalText[] Files) Example(string page, string heading)
    {
        string section = page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        Match version = LangVersion().Match(section);
        Settings settings = Settings.Default;
        if (version.Success)
        {
            Assert.True(LanguageVersionFacts.TryParse(version.Groups[1].Value, out LanguageVersion parsed));
            settings = settings with { LanguageVersion = parsed };
        }

        return (CSharpBlock().Match(section).Groups[1].Value, settings, [.. JsonBlocks().Matches(section).Select(static file => new TextFile("iris.softmax.json", file.Groups[1].Value))]);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlocks();

    [GeneratedRegex("<LangVersion>(.*?)</LangVersion>")]
    private static partial Regex LangVersion();
}
