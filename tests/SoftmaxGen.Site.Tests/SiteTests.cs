using System.Net;
using System.Text.RegularExpressions;

namespace SoftmaxGen.Site.Tests;

/// <summary>The files of the site: what they have, and that every link in them leads somewhere.</summary>
[Collection(SiteGroup.Name)]
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed partial class SiteTests(BuiltSite site)
{
    private readonly Dictionary<string, HashSet<string>> _anchors = [];

    [Theory]
    [InlineData("docs", "*.md", 30)]
    [InlineData("docs/diagnostics", "*.md", 50)]
    [InlineData("samples", "*/README.md", 8)]
    public void Every_page_of_the_repository_is_a_page_of_the_site(string folder, string pattern, int least)
    {
        string root = Path.Combine(BuiltSite.Folder, "..", "..", "..", "..");
        SearchOption depth = pattern.Contains('/', StringComparison.Ordinal) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        string[] sources =
        [
            .. Directory.GetFiles(Path.Combine(root, folder), Path.GetFileName(pattern), depth)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)),
        ];

        Assert.True(sources.Length >= least);
        Assert.Empty(sources.Select(static source => Path.ChangeExtension(source, ".html")).Except(site.Pages));
    }

    [Theory]
    [InlineData("SoftmaxGen.TrainingOptions", "Standardize")]
    [InlineData("SoftmaxGen.TrainingResult-1", "StopReason")]
    [InlineData("SoftmaxGen.Onnx.OnnxExport", "SaveOnnx")]
    [InlineData("SoftmaxGen.Extensions.Hosting.ServedModel-1", "Predict")]
    public void A_type_has_a_page_of_its_members(string type, string member) =>
        Assert.Contains(member, BuiltSite.Text($"api/{type}.html"), StringComparison.Ordinal);

    [Fact]
    public void Every_link_leads_somewhere() =>
        Assert.Empty(site.Pages.SelectMany(page => Links(page).Where(link => !Leads(page, link)).Select(link => $"{page}: {link}")));

    private static IEnumerable<string> Links(string page) => Reference()
        .Matches(BuiltSite.Text(page))
        .Select(static match => WebUtility.HtmlDecode(match.Groups["to"].Value))
        .Where(static link => !Address().IsMatch(link));

    private bool Leads(string page, string link)
    {
        string[] parts = Uri.UnescapeDataString(link).Split('#', 2);
        string target = parts[0].Length == 0
            ? page
            : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(page)!, parts[0].Split('?')[0])).Replace('\\', '/');
        return File.Exists(Path.Combine(BuiltSite.Folder, target)) && (parts.Length == 1 || parts[1].Length == 0 || Anchors(target).Contains(parts[1]));
    }

    private HashSet<string> Anchors(string page)
    {
        if (!_anchors.TryGetValue(page, out HashSet<string>? anchors))
        {
            anchors = [.. Id().Matches(BuiltSite.Text(page)).Select(static match => WebUtility.HtmlDecode(match.Groups["id"].Value))];
            _anchors.Add(page, anchors);
        }

        return anchors;
    }

    [GeneratedRegex("""<[a-z]+\s[^>]*?\b(href|src)="(?<to>[^"]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("^([a-z]+:|//)")]
    private static partial Regex Address();

    [GeneratedRegex(""" (id|name)="(?<id>[^"]+)""")]
    private static partial Regex Id();
}
