using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>The fix that puts edges in order and lists each level once.</summary>
public class MendEncodingCodeFixTests
{
    [Theory]
    [InlineData("[Buckets(18, 35, 25)] double X", "[Buckets(18, 25, 35)] double X")]
    [InlineData("[Buckets(18, 18, 25, 18)] int X", "[Buckets(18, 25)] int X")]
    [InlineData("[Knots(3, -1.5)] double? X", "[Knots(-1.5, 3)] double? X")]
    [InlineData("[Knots(\n    3, // Three.\n    1)] double X", "[Knots(\n    1, // Three.\n    3)] double X")]
    [InlineData("[Buckets(Edges.High, Edges.Low)] double X", "[Buckets(Edges.Low, Edges.High)] double X")]
    [InlineData("[Categories(\"a\", \"b\", \"a\")] string X", "[Categories(\"a\", \"b\")] string X")]
    [InlineData("[Categories(\"a\", \"A\", \"b\", \"B\", IgnoreCase = true)] string? X", "[Categories(\"a\", \"b\", IgnoreCase = true)] string? X")]
    [InlineData("[Feature(Baseline = \"b\"), Categories(\"a\", \"a\", \"b\")] string X", "[Feature(Baseline = \"b\"), Categories(\"a\", \"b\")] string X")]
    public async Task It_lists_each_once_and_in_order(string before, string after)
    {
        using CodeFixHarness harness = new(new MendEncodingCodeFix(), Declare(before));

        await harness.FixFirstAsync("SMG0052");

        Assert.Equal([Declare(after)], await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("[Buckets(18, double.NaN)] double X")]
    [InlineData("[Buckets(new[] { 2.0, 1.0 })] double X")]
    [InlineData("[Categories(\"a\", \"a\", \" \")] string X")]
    [InlineData("[Categories(\"a\")] int X")]
    [InlineData("[Hashed(1)] string X")]
    [InlineData("[Categories(\"a\", \"b\"), Feature(Baseline = \"c\")] string X")]
    public async Task What_else_is_wrong_is_left_to_its_author(string member)
    {
        using CodeFixHarness harness = new(new MendEncodingCodeFix(), Declare(member));

        Assert.Empty(await harness.OffersAsync(Assert.Single(await harness.DiagnosticsAsync())));
    }

    [Fact]
    public async Task Members_of_base_types_in_other_files_and_fields_are_mended()
    {
        const string model = "using SoftmaxGen; public enum Kind { A, B } [SoftmaxModel<Kind, Row>] public partial class Model;";
        const string row = "using SoftmaxGen; public class Row : Parent { [Knots(2, 1)] public double X; }";
        const string parent = "using SoftmaxGen; public class Parent { [Categories(\"a\", \"a\")] public string Y { get; set; } = \"\"; }";
        using CodeFixHarness harness = new(new MendEncodingCodeFix(), model, row, parent);

        await harness.FixAllAsync("SMG0052", FixAllScope.Project);

        Assert.Equal(
            [model, row.Replace("2, 1", "1, 2", StringComparison.Ordinal), parent.Replace("\"a\", \"a\"", "\"a\"", StringComparison.Ordinal)],
            await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    private static string Declare(string member) =>
        $"using SoftmaxGen; static class Edges {{ public const double Low = 1, High = 2; }} enum Kind {{ A, B }} record Row({member}, double Z); [SoftmaxModel<Kind, Row>] partial class Model;";
}
