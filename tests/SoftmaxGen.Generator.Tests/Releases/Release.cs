using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Releases;

/// <summary>
/// What a release generated, kept as text in the folder of its version: the models' declarations, the files generated for them, a model file of each, and the
/// members of the runtime that the generated code uses. A later runtime must run it.
/// </summary>
/// <param name="Version">The version, which is the name of the folder.</param>
internal sealed record Release(string Version)
{
    /// <summary>The environment variable that names the version to write.</summary>
    public const string WriteVariable = "SOFTMAXGEN_WRITE_RELEASE";

    // With an ending that no compiler takes for its own.
    private const string SourceEnding = ".cs.txt";

    private const string ModelEnding = ".softmax.json";

    /// <summary>Gets the versions that are kept.</summary>
    public static IEnumerable<string> Versions =>
        Directory.EnumerateDirectories(Root).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    /// <summary>Gets the versions that the changelog calls released.</summary>
    public static IEnumerable<string> ReleasedVersions => File.ReadLines(Path.Combine(SourceTree.Project, "..", "..", "CHANGELOG.md"))
        .Where(static line => line.StartsWith("## [", StringComparison.Ordinal))
        .Select(static line => line[4..line.IndexOf(']', StringComparison.Ordinal)])
        .Where(static version => version != "Unreleased");

    private static string Root => Path.Combine(SourceTree.Project, "Releases");

    private string Folder => Path.Combine(Root, Version);

    private string MembersPath => Path.Combine(Folder, "RuntimeMembers.txt");

    /// <summary>Compiles the kept sources against the runtime as it is now. The generator has no part in it.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Release",
        Directory.EnumerateFiles(Folder, "*" + SourceEnding)
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Settings.Default.ParseOptions, Path.GetFileNameWithoutExtension(path))),
        References.All,
        Settings.Default.CompilationOptions);

    /// <summary>Reads the members of the runtime that the kept sources used when they were generated.</summary>
    public string[] ReadRuntimeMembers() => File.ReadAllLines(MembersPath);

    /// <summary>Gets the path of the file that a model of the release was saved to.</summary>
    /// <param name="model">The model's name.</param>
    public string ModelFile(string model) => Path.Combine(Folder, model + ModelEnding);

    /// <summary>Writes the folder: what the generator writes for <see cref="ReleaseModels"/> today.</summary>
    public void Write()
    {
        Assert.False(ReleasedVersions.Contains(Version), $"{Version} is released: its folder stays as it is. Write the folder of the next version.");
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
        Compilation compilation = ReleaseModels.Compile();
        Write("Models" + SourceEnding, ReleaseModels.Source);
        foreach (SyntaxTree file in compilation.SyntaxTrees.Where(RuntimeMembers.IsGenerated))
        {
            Write(Path.ChangeExtension(Path.GetFileName(file.FilePath), SourceEnding), file.ToString());
        }

        Write(Path.GetFileName(MembersPath), RuntimeMemberTests.Current);
        using LoadedAssembly assembly = new(compilation);
        foreach (string model in ReleaseModels.Names)
        {
            ReleaseModels.Save(assembly.Assembly, model, ModelFile(model));
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text.ReplaceLineEndings("\n"));
}
