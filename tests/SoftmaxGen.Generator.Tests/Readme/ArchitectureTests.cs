using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>The page on architecture names files and folders that exist.</summary>
public partial class ArchitectureTests
{
    private static readonly string _root = Path.Combine(SourceTree.Project, "..", "..");

    private static readonly string[] _roots = 
    [
        "", "src/SoftmaxGen", "src/SoftmaxGen/Training", "generator/SoftmaxGen.Generator", "generator/SoftmaxGen.Generator/Planning",
    ];

    private static string Page => File.ReadAllText(Path.Combine(_root, "docs", "architecture.md"));

    [Fact]
    public void Every_path_of_the_page_exists()
    {
        string[] paths =
        [
            .. Span().Matches(Page)
                .Select(static match => match.Groups[1].Value)
                .Where(static text => text.Contains('/', StringComparison.Ordinal) || text.EndsWith(".cs", StringComparison.Ordinal)),
        ];

        Assert.True(paths.Length > 20);
        Assert.All(paths, static path => Assert.True(_roots.Any(root => Exists(Path.Combine(_root, root), path)), path));
    }

    [Theory]
    [InlineData("a metric")]
    [InlineData("a solver")]
    [InlineData("a file form")]
    [InlineData("a diagnostic")]
    [InlineData("a kernel form")]
    [InlineData("a target")]
    [InlineData("a vector operation")]
    public void An_ordinary_change_touches_few_files(string change)
    {
        string line = Page.Split('\n').Single(line => line.StartsWith($"| {change} |", StringComparison.Ordinal));

        Assert.InRange(Span().Matches(line).Count(static match => Path.GetExtension(match.Groups[1].Value) is ".cs" or ".md"), 1, 4);
    }

    [Theory]
    [InlineData("Kernels", "Prediction")]
    [InlineData("Prediction", "Kernels")]
    [InlineData("Prediction", "Curvature")]
    [InlineData("Kernels", "Curvature")]
    public void Training_and_prediction_are_printed_without_knowing_each_other(string folder, string other) => Assert.All(
        Directory.EnumerateFiles(Path.Combine(_root, "generator", "SoftmaxGen.Generator", "Emitting", folder), "*.cs"),
        path => Assert.DoesNotContain($"Emitting.{other}", File.ReadAllText(path), StringComparison.Ordinal));

    [Fact]
    public void Every_property_of_the_attribute_is_read()
    {
        string reader = File.ReadAllText(Path.Combine(_root, "generator", "SoftmaxGen.Generator", "Reading", "ModelAttribute.cs"));

        Assert.All(
            typeof(ModelSettingsAttribute).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly),
            property => Assert.Contains($"(\"{property.Name}\")", reader, StringComparison.Ordinal));
    }

    // Where a solver is run, where the library chooses one, and where penalties with kinks are refused.
    [Fact]
    public void Solvers_are_named_in_three_files() =>
        Assert.Equal(["SoftmaxTrainer.cs", "SolverChoice.cs", "TrainingOptions.cs"], FilesOfLibrary(@"\bSolver\.(?!ToString)[A-Z]"));

    [Fact]
    public void The_order_of_solvers_decides_nothing() => Assert.Empty(FilesOfLibrary(@"(?<!=)[<>]=?\s*(\([^)]*\)\s*)?Solver\.|\(int\)\w*[Ss]olver\b"));

    [Theory]
    [InlineData("BinaryModel")]
    [InlineData("JsonModel")]
    [InlineData("ModelFormat.Binary")]
    public void One_file_knows_the_forms_of_model_files(string name) =>
        Assert.Equal(["ModelFile.cs"], FilesOfLibrary(Regex.Escape(name)).Where(file => file != $"{name}.cs"));

    [Fact]
    public void Every_type_that_the_glossary_names_is_in_the_code()
    {
        string[] names =
        [
            .. Span().Matches(File.ReadAllText(Path.Combine(_root, "docs", "glossary.md")))
                .Select(static match => match.Groups[1].Value)
                .Where(static text => Regex.IsMatch(text, "^([A-Z][a-z]+){2,}$")),
        ];

        Assert.NotEmpty(names);
        Assert.All(names, static name => Assert.NotEmpty(FilesOfLibrary($@"\b{name}\b")));
    }

    // What the editor offers to mend is one more file, for the few diagnostics that have it.
    [Fact]
    public void A_diagnostic_is_a_row_of_the_table_a_rule_and_a_line_of_the_release()
    {
        string folder = Path.Combine(_root, "generator", "SoftmaxGen.Generator");
        (string Name, string Text)[] files =
        [
            .. Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
                .Where(path => Path.GetExtension(path) is ".cs" or ".md" && !Path.GetRelativePath(folder, path).StartsWith("obj", StringComparison.Ordinal))
                .Select(static path => (Path.GetFileName(path), File.ReadAllText(path))),
        ];

        FieldInfo[] rows = typeof(DiagnosticDescriptors).GetFields(BindingFlags.Static | BindingFlags.Public);
        Assert.All(rows, row => Assert.Single(files, file => Regex.IsMatch(file.Text, $@"\bDiagnosticDescriptors\.{row.Name}\b")));
        Assert.All(rows.Select(static row => ((DiagnosticDescriptor)row.GetValue(null)!).Id), id => Assert.Equal(
            ["AnalyzerReleases.Unshipped.md", "DiagnosticDescriptors.cs"],
            files.Where(file => file.Text.Contains(id, StringComparison.Ordinal)).Select(static file => file.Name).Order(StringComparer.Ordinal)));
    }

    // The names of the files of the library whose code, comments left out, has something.
    private static IEnumerable<string> FilesOfLibrary(string pattern)
    {
        string folder = Path.Combine(_root, "src", "SoftmaxGen");
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Regex.IsMatch(Path.GetRelativePath(folder, path), @"^(bin|obj)\b"))
            .Where(path => File.ReadLines(path).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(line, pattern)))
            .Select(static path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
    }

    private static bool Exists(string root, string path)
    {
        string full = Path.Combine(root, path);
        string folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(full) || (Directory.Exists(folder) && Directory.EnumerateFiles(folder, Path.GetFileName(full)).Any());
    }

    [GeneratedRegex("`([A-Za-z0-9_./*]+)`")]
    private static partial Regex Span();
}
