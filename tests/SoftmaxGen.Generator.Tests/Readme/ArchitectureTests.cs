using System.Text.RegularExpressions;
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
    [InlineData("a vector operation")]
    public void An_ordinary_change_touches_few_files(string change)
    {
        string line = Page.Split('\n').Single(line => line.StartsWith($"| {change} |", StringComparison.Ordinal));

        Assert.InRange(Span().Matches(line).Count(static match => match.Groups[1].Value.EndsWith(".cs", StringComparison.Ordinal)), 1, 4);
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
