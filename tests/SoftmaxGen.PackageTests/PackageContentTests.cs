using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SoftmaxGen.PackageTests;

/// <summary>
/// What every package of the repository has: a page whose links lead somewhere, words to be found by, symbols with sources, the documentation of what is
/// public.
/// </summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed partial class PackageContentTests
{
    private const string Site = "https://github.com/softmaxgen/softmaxgen";

    // EmbeddedSource of the format of portable symbols.
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Ids => [.. Package.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_manifest_says_what_the_package_is_and_where_it_comes_from(string id)
    {
        using ZipArchive package = await OpenAsync(id);
        XElement metadata = XDocument.Parse(Text(package, $"{id}.nuspec")).Root!.Elements().Single();
        XElement repository = Child(metadata, "repository");

        Assert.Equal(id, Child(metadata, "id").Value);
        Assert.Equal((await Package.GetAllAsync()).Version, Child(metadata, "version").Value);
        Assert.Equal("MIT", Child(metadata, "license").Value);
        Assert.NotEmpty(package.GetEntry(Child(metadata, "icon").Value)!.Name);
        Assert.NotEmpty(package.GetEntry(Child(metadata, "readme").Value)!.Name);
        Assert.DoesNotContain("Package Description", Child(metadata, "description").Value, StringComparison.Ordinal);
        Assert.Equal(Site, Child(metadata, "projectUrl").Value);
        Assert.Equal($"{Site}/blob/main/CHANGELOG.md", Child(metadata, "releaseNotes").Value);
        Assert.Equal(("git", Site), ((string)repository.Attribute("type")!, (string)repository.Attribute("url")!));
        Assert.Equal(Commit(), (string?)repository.Attribute("commit"));
        Assert.Subset(
            Child(metadata, "tags").Value.Split(';', ' ').ToHashSet(),
            "classifier logistic regression softmax machine learning source generator NativeAOT".Split(' ').ToHashSet());
        Assert.All(
            metadata.Descendants(metadata.Name.Namespace + "dependency")
                .Where(static one => ((string)one.Attribute("id")!).StartsWith("SoftmaxGen", StringComparison.Ordinal)),
            one =>
            {
                Assert.Equal(Child(metadata, "version").Value, (string)one.Attribute("version")!);

                // The generator comes with every package.
                Assert.DoesNotContain("Analyzers", (string?)one.Attribute("exclude") ?? "", StringComparison.Ordinal);
            });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_links_of_the_page_lead_somewhere(string id)
    {
        using ZipArchive package = await OpenAsync(id);
        string[] links = [.. Link().Matches(Text(package, "README.md")).Select(static match => match.Groups["target"].Value)];

        Assert.NotEmpty(links);
        Assert.All(links, static link =>
        {
            Assert.Matches("^(https://|#)", link);
            if (OwnFile().Match(link) is { Success: true } own)
            {
                string path = Path.Combine(Repository.Folder, own.Groups["path"].Value);
                Assert.True(File.Exists(path) || Directory.Exists(path), $"{link} leads nowhere");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_documentation_is_that_of_what_can_be_named(string id)
    {
        using ZipArchive package = await OpenAsync(id);
        Assert.All(Libraries(package, id), library =>
        {
            using PEReader image = Image(package, library);
            Dictionary<string, int> visible = Visible(image.GetMetadataReader());
            string[] documented =
                [.. XDocument.Parse(Text(package, Path.ChangeExtension(library, ".xml"))).Descendants("member")
                    .Select(static one => (string)one.Attribute("name")!)];

            // Overloads are counted; their parameters are not compared.
            Assert.All(
                documented.CountBy(static name => name.Split('(', '~')[0]),
                one =>
                    Assert.True(one.Value <= visible.GetValueOrDefault(one.Key),
                        $"{one.Key} is documented {one.Value} times and can be named {visible.GetValueOrDefault(one.Key)} times"));
            Assert.Empty(visible.Keys.Where(static name => name.StartsWith("T:", StringComparison.Ordinal)).Except(documented));
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_symbols_have_the_sources(string id)
    {
        Package packed = await Package.GetAllAsync();
        using ZipArchive package = await OpenAsync(id);

        // The tool has no library; what a platform's package has of it is not stepped into.
        Assert.All(Libraries(package, id), library =>
        {
            using ZipArchive symbols = ZipFile.OpenRead(Path.ChangeExtension(packed.PathOf(id), ".snupkg"));
            using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(Stream(symbols, Path.ChangeExtension(library, ".pdb")));
            MetadataReader reader = provider.GetMetadataReader();
            Assert.NotEmpty(reader.Documents);
            Assert.All(reader.Documents, document =>
            {
                Assert.StartsWith("/_", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal);
                Assert.Contains(
                    reader.GetCustomDebugInformation(document),
                    information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == _embeddedSource);
            });
        });
    }

    // The commit that the sources are of; null where they are of none.
    private static string? Commit()
    {
        string git = Path.Combine(Repository.Folder, ".git");
        if (!Path.Exists(git))
        {
            return null;
        }

        using Process process = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Folder, "rev-parse", "HEAD"]) { RedirectStandardOutput = true })!;
        string commit = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();

        // Git tells nothing of a folder that belongs to somebody else.
        return process.ExitCode == 0 ? commit : null;
    }

    private static async Task<ZipArchive> OpenAsync(string id) => await ZipFile.OpenReadAsync((await Package.GetAllAsync()).PathOf(id));

    private static XElement Child(XElement metadata, string name) =>
        metadata.Element(metadata.Name.Namespace + name) ?? throw new InvalidDataException($"There is no {name}.");

    private static string[] Libraries(ZipArchive package, string id) =>
        [.. package.Entries.Select(static entry => entry.FullName)
            .Where(name => name.StartsWith("lib/", StringComparison.Ordinal) && name.EndsWith($"/{id}.dll", StringComparison.Ordinal))];

    private static PEReader Image(ZipArchive package, string path) => new(Stream(package, path));

    private static MemoryStream Stream(ZipArchive archive, string path)
    {
        using Stream entry = archive.GetEntry(path)!.Open();
        MemoryStream copy = new();
        entry.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private static string Text(ZipArchive archive, string path)
    {
        using StreamReader reader = new(Stream(archive, path));
        return reader.ReadToEnd();
    }

    // The identifiers that comments are listed by, without parameters, and how many members of that name can be seen.
    private static Dictionary<string, int> Visible(MetadataReader reader)
    {
        List<string> names = [];
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions.Where(handle => IsVisible(reader, handle)))
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            string full = FullName(reader, handle);
            names.Add($"T:{full}");
            names.AddRange(
                type.GetFields().Select(reader.GetFieldDefinition).Where(static field => IsVisible((MethodAttributes)field.Attributes))
                    .Select(field => $"F:{full}.{Name(field.Name)}"));
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition).Where(static method => IsVisible(method.Attributes)))
            {
                int arity = method.GetGenericParameters().Count;
                names.Add($"M:{full}.{Name(method.Name)}{(arity > 0 ? $"``{arity}" : "")}");
            }

            names.AddRange(
                type.GetProperties().Select(reader.GetPropertyDefinition)
                    .Where(property => IsAnyVisible(property.GetAccessors().Getter, property.GetAccessors().Setter))
                        .Select(property => $"P:{full}.{Name(property.Name)}"));
            names.AddRange(
                type.GetEvents().Select(reader.GetEventDefinition).Where(one => IsAnyVisible(one.GetAccessors().Adder))
                    .Select(one => $"E:{full}.{Name(one.Name)}"));
        }

        return names.CountBy(static name => name).ToDictionary();

        string Name(StringHandle name) => reader.GetString(name).Replace('.', '#');

        bool IsAnyVisible(params MethodDefinitionHandle[] accessors) =>
            accessors.Any(accessor => !accessor.IsNil && IsVisible(reader.GetMethodDefinition(accessor).Attributes));
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return !type.GetDeclaringType().IsNil ? $"{FullName(reader, type.GetDeclaringType())}.{name}"
            : type.Namespace.IsNil ? name
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    [GeneratedRegex("""(?:\]\((?<target>[^)\s]+)|(?:src|srcset|href)="(?<target>[^"]+))""")]
    private static partial Regex Link();

    [GeneratedRegex($"^(?:{Site}/blob/main|https://raw.githubusercontent.com/softmaxgen/softmaxgen/main)/(?<path>[^#]*)")]
    private static partial Regex OwnFile();
}
