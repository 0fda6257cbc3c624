using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>The fix that completes the attribute.</summary>
public class AddShapeCodeFixTests
{
    [Theory]
    [InlineData("SMG0004", "", "(Classes = 2, Features = 1)")]
    [InlineData("SMG0005", "", "(Classes = 2, Features = 1)")]
    [InlineData("SMG0005", "()", "(Classes = 2, Features = 1)")]
    [InlineData("SMG0005", "(Classes = 3)", "(Classes = 3, Features = 1)")]
    [InlineData("SMG0004", "(Features = 4)", "(Classes = 2, Features = 4)")]
    [InlineData("SMG0005", "(Classes = 3, FirstLabel = 1)", "(Classes = 3, Features = 1, FirstLabel = 1)")]
    [InlineData("SMG0005", "(FirstLabel = 1, Classes = 3)", "(FirstLabel = 1, Classes = 3, Features = 1)")]
    [InlineData("SMG0004", "(\n    Features = 4,\n    FirstLabel = 1)", "(\n    Classes = 2, Features = 4,\n    FirstLabel = 1)")]
    [InlineData("SMG0004", "(ClassNames = new[] { \"a\", \"b\", \"c\" })", "(Classes = 3, Features = 1, ClassNames = new[] { \"a\", \"b\", \"c\" })")]
    [InlineData("SMG0004", "(ClassNames = new string[] { \"a\", \"b\", \"c\" })", "(Classes = 3, Features = 1, ClassNames = new string[] { \"a\", \"b\", \"c\" })")]
    [InlineData("SMG0005", "(Classes = 2, FeatureNames = [\"a\", \"b\"])", "(Classes = 2, Features = 2, FeatureNames = [\"a\", \"b\"])")]
    public async Task It_adds_what_is_missing(string id, string before, string after)
    {
        using CodeFixHarness harness = new(new AddShapeCodeFix(), Declare(before));

        await harness.FixFirstAsync(id);

        Assert.Equal([Declare(after)], await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Fact]
    public async Task A_number_out_of_range_is_left_to_its_author()
    {
        using CodeFixHarness harness = new(new AddShapeCodeFix(), Declare("(Classes = 1, Features = 0)"));
        ImmutableArray<Diagnostic> diagnostics = await harness.DiagnosticsAsync();

        Assert.Equal(2, diagnostics.Length);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Assert.Empty(await harness.OffersAsync(diagnostic));
        }
    }

    [Theory]
    [InlineData(FixAllScope.Document, false)]
    [InlineData(FixAllScope.Project, true)]
    [InlineData(FixAllScope.Solution, true)]
    public async Task It_fixes_all_in_a_scope_and_leaves_what_is_out_of_range(FixAllScope scope, bool reachesOtherFiles)
    {
        using CodeFixHarness harness = new(
            new AddShapeCodeFix(),
            Declare("", "A") + Declare("(Features = 4)", "B") + Declare("(Classes = -1, Features = 4)", "C"),
            Declare("(FirstLabel = 1)", "D"));

        await harness.FixAllAsync("SMG0004", scope);

        Assert.Equal(
            [
                Declare("(Classes = 2, Features = 1)", "A") + Declare("(Classes = 2, Features = 4)", "B") + Declare("(Classes = -1, Features = 4)", "C"),
                Declare(reachesOtherFiles ? "(Classes = 2, Features = 1, FirstLabel = 1)" : "(FirstLabel = 1)", "D"),
            ],
            await harness.TextsAsync());
    }

    private static string Declare(string arguments, string name = "Model") => $"[SoftmaxGen.SoftmaxModel{arguments}] partial class {name};\n";
}
