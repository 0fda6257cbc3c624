using System.Text.RegularExpressions;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>
/// Every relative link of the README and of the pages leads to a file, and to a heading of it where the link names one. The map names every page.
/// </summary>
public partial class LinkTests
{
    private static readonly string[] _folders = ["docs", "samples", "src"];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(SourceTree.Root, "*.md")
            .Concat(_folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Select(static path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'))
            .Where(static page => !BuildFolder().IsMatch(page))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        string text = CodeSpan().Replace(Text(page), "");
        string[] links = [.. Link().Matches(text).Select(static match => match.Groups["to"].Value).Where(static link => !Address().IsMatch(link))];

        Assert.All(links, link => Assert.True(Resolves(page, link), $"{page}: {link}"));
    }

    [Fact]
    public void The_map_names_every_page()
    {
        string map = Text("docs/README.md");
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md").Select(static path => Path.GetFileName(path));

        Assert.All(pages.Where(static page => page != "README.md"), page => Assert.Contains($"]({page}", map, StringComparison.Ordinal));
    }

    /// <summary>What a newcomer asks first is one click from the README, and one from the map; the answer is near the top of the page.</summary>
    [Theory]
    [InlineData("prediction.md", "PredictProbabilities")]
    [InlineData("rows.md#missing-values", "`double? ")]
    [InlineData("evaluation.md", "model.Evaluate(")]
    [InlineData("native-aot.md", "<PublishAot>true</PublishAot>")]
    public void A_first_question_is_one_click_away(string link, string answer)
    {
        string[] parts = link.Split('#');
        IEnumerable<string> lines = File.ReadLines(Path.Combine(SourceTree.Root, "docs", parts[0]))
            .SkipWhile(line => parts.Length > 1
                && !(Heading().Match(line) is { Success: true } heading && parts[1].Equals(Anchor(heading), StringComparison.OrdinalIgnoreCase)));

        Assert.Contains($"](docs/{link})", Text("README.md"), StringComparison.Ordinal);
        Assert.Contains($"]({link})", Text("docs/README.md"), StringComparison.Ordinal);
        Assert.Contains(lines.Take(25), line => line.Contains(answer, StringComparison.Ordinal));
    }

    private static bool Resolves(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        string path = Path.GetFullPath(Path.Combine(SourceTree.Root, target));
        return parts.Length == 1
            ? File.Exists(path) || Directory.Exists(path)
            : File.Exists(path) && Heading().Matches(Text(target)).Any(heading => parts[1].Equals(Anchor(heading), StringComparison.OrdinalIgnoreCase));
    }

    // As GitHub names the headings of a page, but for the case.
    private static string Anchor(Match heading) => NotOfAnchor().Replace(Link().Replace(heading.Groups["title"].Value, "]"), "").Trim().Replace(' ', '-');

    // Without blocks of code, whose brackets are no links and whose comments are no headings.
    private static string Text(string page) => CodeBlock().Replace(File.ReadAllText(Path.Combine(SourceTree.Root, page)).ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"(^|/)(bin|obj)/")]
    private static partial Regex BuildFolder();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Address();

    [GeneratedRegex(@"^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchor();
}
