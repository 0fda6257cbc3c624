using System.Text.RegularExpressions;

namespace SoftmaxGen.Tests.Jit;

/// <summary>Reads what the JIT writes with <c>DOTNET_JitDisasmSummary=1</c> and <c>DOTNET_JitDisasm</c>.</summary>
internal static partial class JitLog
{
    private const string ListingHead = "; Assembly listing for method ";

    /// <summary>Reads a log.</summary>
    /// <param name="lines">Its lines: listings of methods, and a line of the summary after each.</param>
    /// <returns>The methods, in the order in which they were compiled.</returns>
    public static IReadOnlyList<JitMethod> Read(IEnumerable<string> lines)
    {
        List<JitMethod> methods = [];
        List<string> instructions = [];
        foreach (string line in lines)
        {
            if (line.StartsWith(ListingHead, StringComparison.Ordinal))
            {
                instructions = [];
            }
            else if (SummaryLine().Match(line) is { Success: true } match)
            {
                methods.Add(new JitMethod(match.Groups["name"].Value, match.Groups["tier"].Value, instructions));
                instructions = [];
            }
            else if (Instruction().IsMatch(line))
            {
                instructions.Add(line.Trim());
            }
        }

        return methods;
    }

    [GeneratedRegex(@"^\s*\d+: JIT compiled (?<name>[^(]+)\(.*\) \[(?<tier>[^,\]]+)")]
    private static partial Regex SummaryLine();

    // Labels begin in the first column, remarks with a semicolon.
    [GeneratedRegex(@"^\s+[a-z]")]
    private static partial Regex Instruction();
}
