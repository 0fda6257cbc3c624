using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>
/// Every fault of <c>eng/planted-faults.txt</c> can still be planted: its text occurs in its file as often as the list says, and its tests exist.
/// </summary>
public class PlantedFaultTests
{
    public static TheoryData<string> Faults => [.. Blocks().Select(static fault => fault["title"])];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_can_be_planted(string title)
    {
        Dictionary<string, string> fault = Blocks().Single(one => one["title"] == title);
        string file = Path.Combine(SourceTree.Root, fault["file"]);
        Assert.True(File.Exists(file), $"There is no {fault["file"]}.");
        if (fault.ContainsKey("unseen"))
        {
            return;
        }

        int count = File.ReadAllText(file).Split(fault["-"]).Length - 1;
        Assert.True(fault.ContainsKey("nth") ? count > 1 : count == 1, $"'{fault["-"]}' occurs {count} times in {fault["file"]}.");
        string[] tests = fault["tests"].Split(' ', 2);
        string[] sources = Directory.GetFiles(Path.Combine(SourceTree.Root, "tests", tests[0]), "*.cs", SearchOption.AllDirectories);
        Assert.All(
            tests[1].Split('|', '&').Where(static term => term.StartsWith("FullyQualifiedName~", StringComparison.Ordinal)),
            term => Assert.Contains(sources, source => source.Contains(term.Split('~')[1], StringComparison.Ordinal)));
    }

    private static IEnumerable<Dictionary<string, string>> Blocks() => File
        .ReadAllText(Path.Combine(SourceTree.Root, "eng", "planted-faults.txt"))
        .ReplaceLineEndings("\n")
        .Split("\n\n")
        .Select(static block => block.Split('\n')
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split(' ', 2))
            .ToDictionary(static pair => pair[0], static pair => pair.Length > 1 ? pair[1] : ""))
        .Where(static fault => fault.ContainsKey("title"));
}
