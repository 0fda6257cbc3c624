using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>The fixes that leave a member out of the features, and that begin the list of its levels.</summary>
public class MarkMemberCodeFixTests
{
    private const string Model = "enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind, Row>] partial class Model; ";

    [Theory]
    [InlineData("using SoftmaxGen; {0}record Row(double X, string S);", "using SoftmaxGen; {0}record Row(double X, [Feature(Ignore = true)] string S);")]
    [InlineData("{0}record Row(double X, string S);", "{0}record Row(double X, [SoftmaxGen.Feature(Ignore = true)] string S);")]
    [InlineData("namespace SoftmaxGen.Mine; {0}record Row(double X, System.Guid G);", "namespace SoftmaxGen.Mine; {0}record Row(double X, [Feature(Ignore = true)] System.Guid G);")]
    [InlineData(
        "{0}class Row\n{{\n    public double X;\n\n    /// <summary>When.</summary>\n    public System.DateTime T {{ get; set; }}\n}}",
        "{0}class Row\n{{\n    public double X;\n\n    /// <summary>When.</summary>\n    [SoftmaxGen.Feature(Ignore = true)]\n    public System.DateTime T {{ get; set; }}\n}}")]
    [InlineData("{0}struct Row {{ public double X; public object? Y; }}", "{0}struct Row {{ public double X; [SoftmaxGen.Feature(Ignore = true)] public object? Y; }}")]
    [InlineData(
        "{0}struct Row {{ public double X; [System.Obsolete] public object? Y; }}",
        "{0}struct Row {{ public double X; [SoftmaxGen.Feature(Ignore = true)][System.Obsolete] public object? Y; }}")]
    public async Task A_member_is_left_out(string before, string after)
    {
        using CodeFixHarness harness = new(new IgnoreMemberCodeFix(), string.Format(null, before, Model));

        await harness.FixFirstAsync("SMG0025");

        Assert.Equal(string.Format(null, after, Model), (await harness.TextsAsync())[0]);
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("struct Row { public double X; public object? Y, Z; }")]
    [InlineData("record Row(double X, [SoftmaxGen.Feature(Name = \"T\")] System.DateTime S);")]
    [InlineData("class Row(double x, [SoftmaxGen.Feature(Ignore = true)] double id) { public double X => x; public double Number => id; }")]
    [InlineData("class Base { public double X, Y; } class Row : Base { public new double X() => 1; }")]
    public async Task Where_it_is_not_plain_what_to_mark_nothing_is_offered(string row)
    {
        using CodeFixHarness harness = new(new IgnoreMemberCodeFix(), Model + row);

        Assert.All(await harness.DiagnosticsAsync(), static diagnostic => Assert.Equal("SMG0025", diagnostic.Id));
        Assert.Empty(await harness.OffersAsync((await harness.DiagnosticsAsync())[0]));
    }

    [Fact]
    public async Task Levels_of_a_string_are_to_be_listed()
    {
        using CodeFixHarness harness = new(new ListLevelsCodeFix(), "using SoftmaxGen; " + Model + "record Row(double X, string? S);");

        await harness.FixFirstAsync("SMG0025");

        Assert.Equal(["using SoftmaxGen; " + Model + "record Row(double X, [Categories()] string? S);"], await harness.TextsAsync());
        Assert.Contains("lists no level", Assert.Single(await harness.DiagnosticsAsync()).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_string_has_no_levels()
    {
        using CodeFixHarness harness = new(new ListLevelsCodeFix(), Model + "record Row(double X, System.Guid G);");

        Assert.Empty(await harness.OffersAsync(Assert.Single(await harness.DiagnosticsAsync())));
    }

    [Fact]
    public async Task It_fixes_all_in_a_project()
    {
        using CodeFixHarness harness = new(
            new IgnoreMemberCodeFix(), Model, "record Row(double X, string S) : Parent;", "record Parent { public System.Guid G { get; set; } }");

        await harness.FixAllAsync("SMG0025", FixAllScope.Project);

        Assert.Equal(
            [
                Model, "record Row(double X, [SoftmaxGen.Feature(Ignore = true)] string S) : Parent;",
                "record Parent { [SoftmaxGen.Feature(Ignore = true)] public System.Guid G { get; set; } }",
            ],
            await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }
}
