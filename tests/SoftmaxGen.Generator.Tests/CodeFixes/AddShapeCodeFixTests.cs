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
    [InlineData("<Kind>", "<Kind>(Features = 1)")]
    [InlineData("<Kind>(Precision = SoftmaxGen.SoftmaxPrecision.Single)", "<Kind>(Features = 1, Precision = SoftmaxGen.SoftmaxPrecision.Single)")]
    [InlineData("<Kind>(FeatureNames = new[] { \"a\", \"b\" })", "<Kind>(Features = 2, FeatureNames = new[] { \"a\", \"b\" })")]
    public async Task A_typed_model_gets_what_its_types_do_not_say(string before, string after)
    {
        const string kinds = "enum Kind { A, B, C }\n";
        using CodeFixHarness harness = new(new AddShapeCodeFix(), kinds + Declare(before));

        await harness.FixFirstAsync("SMG0005");

        Assert.Equal([kinds + Declare(after)], await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("enum Kind { A } ", "<Kind>(Features = 1)")]
    [InlineData("enum Kind { A } class Row { public double X; } ", "<Kind, Row>")]
    [InlineData("using M = SoftmaxGen.SoftmaxModelAttribute<Kind>; enum Kind { A } ", "[M(Features = 1)] partial class Model;")]
    public async Task Of_what_types_say_nothing_is_offered(string types, string model)
    {
        using CodeFixHarness harness = new(new AddShapeCodeFix(), types + (model[0] == '[' ? model : Declare(model)));

        Assert.Empty(await harness.OffersAsync(Assert.Single(await harness.DiagnosticsAsync())));
    }

    [Fact]
    public async Task A_fix_for_all_has_a_title_whether_or_not_the_editor_names_the_fix()
    {
        using CodeFixHarness harness = new(new AddShapeCodeFix(), Declare(""));

        Assert.Equal(
            "Add what the shape lacks: Classes, Features", (await harness.FixAllActionAsync("SMG0004", FixAllScope.Project, equivalenceKey: null)).Title);
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
