using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace SoftmaxGen.PackageTests;

/// <summary>What lies in the package, and where.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public class PackageLayoutTests
{
    [Fact]
    public async Task The_package_has_its_files_and_no_others() => Assert.Equal(
        [
            "README.md",
            "SoftmaxGen.nuspec",
            "analyzers/dotnet/cs/SoftmaxGen.CodeFixes.dll",
            "analyzers/dotnet/cs/SoftmaxGen.Generator.dll",
            "buildTransitive/net9.0/SoftmaxGen.targets",
            "icon.png",
            "lib/net10.0/SoftmaxGen.dll",
            "lib/net10.0/SoftmaxGen.xml",
            "lib/net9.0/SoftmaxGen.dll",
            "lib/net9.0/SoftmaxGen.xml",
        ],
        Files((await Package.GetAsync()).Path));

    [Fact]
    public async Task The_symbols_have_their_own_package() => Assert.Equal(
        ["SoftmaxGen.nuspec", "lib/net10.0/SoftmaxGen.pdb", "lib/net9.0/SoftmaxGen.pdb"],
        Files((await Package.GetAsync()).SymbolsPath));

    [Fact]
    public async Task The_manifest_says_what_a_user_wants_to_know_and_depends_on_nothing()
    {
        XElement metadata = await ReadManifestAsync();
        XNamespace name = metadata.Name.Namespace;

        Assert.Equal("SoftmaxGen", metadata.Element(name + "id")!.Value);
        Assert.Equal("MIT", metadata.Element(name + "license")!.Value);
        Assert.Equal("expression", metadata.Element(name + "license")!.Attribute("type")!.Value);
        Assert.Equal("README.md", metadata.Element(name + "readme")!.Value);
        Assert.Equal("icon.png", metadata.Element(name + "icon")!.Value);
        Assert.NotEmpty(metadata.Element(name + "description")!.Value);
        Assert.Equal(["net10.0", "net9.0"], metadata.Descendants(name + "group").Select(static group => group.Attribute("targetFramework")!.Value));
        Assert.Empty(metadata.Descendants(name + "dependency"));
    }

    [Theory]
    [InlineData("lib/net9.0/SoftmaxGen.dll")]
    [InlineData("lib/net10.0/SoftmaxGen.dll")]
    [InlineData("analyzers/dotnet/cs/SoftmaxGen.Generator.dll")]
    [InlineData("analyzers/dotnet/cs/SoftmaxGen.CodeFixes.dll")]
    public async Task An_assembly_is_deterministic_and_names_no_folder_of_the_machine(string path)
    {
        using PEReader image = await ReadImageAsync(path);
        DebugDirectoryEntry[] entries = [.. image.ReadDebugDirectory()];

        Assert.Contains(entries, static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        DebugDirectoryEntry symbols = entries.Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.StartsWith("/_", image.ReadCodeViewDebugDirectoryData(symbols).Path, StringComparison.Ordinal);
    }

    // The compiler brings these; anything else would have to lie beside the analyzer, and could not be found by every editor.
    [Theory]
    [InlineData("analyzers/dotnet/cs/SoftmaxGen.Generator.dll", "netstandard", "System.Memory", "System.Collections.Immutable", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp")]
    [InlineData(
        "analyzers/dotnet/cs/SoftmaxGen.CodeFixes.dll",
        "netstandard",
        "System.Memory",
        "System.Collections.Immutable",
        "System.Composition.AttributedModel",
        "Microsoft.CodeAnalysis",
        "Microsoft.CodeAnalysis.CSharp",
        "Microsoft.CodeAnalysis.Workspaces",
        "Microsoft.CodeAnalysis.CSharp.Workspaces",
        "SoftmaxGen.Generator")]
    public async Task An_analyzer_needs_what_the_compiler_brings_and_nothing_newer_than_Roslyn_4_14(string path, params string[] allowed)
    {
        using PEReader image = await ReadImageAsync(path);
        MetadataReader metadata = image.GetMetadataReader();
        AssemblyReference[] references = [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)];

        Assert.Subset(allowed.ToHashSet(), references.Select(reference => metadata.GetString(reference.Name)).ToHashSet());
        Assert.All(
            references.Where(reference => metadata.GetString(reference.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
            static reference => Assert.Equal(new Version(4, 14, 0, 0), reference.Version));
    }

    private static string[] Files(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return
        [
            .. archive.Entries
                .Select(static entry => entry.FullName)
                .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal)
                    && name != "[Content_Types].xml")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<XElement> ReadManifestAsync()
    {
        await using MemoryStream manifest = await ReadAsync("SoftmaxGen.nuspec");
        return XDocument.Load(manifest).Root!.Elements().Single();
    }

    private static async Task<PEReader> ReadImageAsync(string path) => new(await ReadAsync(path));

    private static async Task<MemoryStream> ReadAsync(string path)
    {
        Package package = await Package.GetAsync();
        await using ZipArchive archive = await ZipFile.OpenReadAsync(package.Path);
        await using Stream entry = await archive.GetEntry(path)!.OpenAsync();
        MemoryStream copy = new();
        await entry.CopyToAsync(copy);
        copy.Position = 0;
        return copy;
    }
}
