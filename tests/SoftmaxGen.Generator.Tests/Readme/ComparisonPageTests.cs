using System.Text.RegularExpressions;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>The programs that a page compares are those that are compiled and run.</summary>
public partial class ComparisonPageTests
{
    [Fact]
    public void Programs_are_shown_as_they_are_run()
    {
        string[] programs = [.. Directory.GetFiles(PathOf("bench/SoftmaxGen.Peers"), "*.cs").Select(File.ReadAllText)];
        string[] shown = [.. Blocks().Matches(File.ReadAllText(PathOf("docs/coming-from-mlnet.md"))).Select(static block => block.Groups["code"].Value)];
        Assert.Equal(2, shown.Length);
        Assert.All(shown, code => Assert.Contains(programs, program => program.Contains(code, StringComparison.Ordinal)));
    }

    // Ours first, which is to be short.
    [Fact]
    public void The_job_takes_few_lines()
    {
        string ours = Blocks().Match(File.ReadAllText(PathOf("docs/coming-from-mlnet.md"))).Groups["code"].Value;
        Assert.InRange(ours.Split('\n').Count(static line => line.Trim().Length > 1), 20, 40);
    }

    private static string PathOf(string file) => Path.Combine(SourceTree.Project, "..", "..", file);

    [GeneratedRegex("```cs\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
