using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>The fix that numbers the members of an enum.</summary>
public class NumberEnumCodeFixTests
{
    private const string Models = "\n[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] partial class Model;\n";

    [Theory]

    // Gaps.
    [InlineData("SMG0021", "enum Kind { A, B, C = 3 }", "enum Kind { A, B, C }")]
    [InlineData("SMG0021", "enum Kind { A = 0, B = 2, C }", "enum Kind { A, B, C }")]
    [InlineData("SMG0021", "enum Kind { A = 10, B = 20, C = 30, }", "enum Kind { A = 10, B, C, }")]
    [InlineData("SMG0021", "enum Kind { A = 0x0A, B = A + 2 }", "enum Kind { A = 0x0A, B }")]
    [InlineData("SMG0021", "enum Kind : sbyte { A = -128, B = 127 }", "enum Kind : sbyte { A = -128, B }")]
    [InlineData("SMG0021", "enum Kind : long { A = -5, B = -3, C = 7 }", "enum Kind : long { A = -5, B, C }")]
    [InlineData("SMG0021", "enum Kind { A = Limits.Least, B = 9 } static class Limits { public const int Least = 2; }", "enum Kind { A = 2, B } static class Limits { public const int Least = 2; }")]

    // Out of order.
    [InlineData("SMG0021", "enum Kind { C = 30, A = 10, B = 20 }", "enum Kind { C = 12, A = 10, B = 11 }")]
    [InlineData("SMG0021", "enum Kind { C = 7, A = 0, B }", "enum Kind { C = 2, A = 0, B = 1 }")]
    [InlineData("SMG0021", "enum Kind { B = A + 4, A = Zero, Zero = 'a' - 97 - 2 }", "enum Kind { B = 0, A = -2, Zero = -1 }")]
    [InlineData("SMG0021", "enum Kind : sbyte { B = 127, A = -128 }", "enum Kind : sbyte { B = -127, A = -128 }")]

    // Aliases.
    [InlineData("SMG0020", "enum Kind { A, B, C = 1 }", "enum Kind { A, B, C }")]
    [InlineData("SMG0020", "enum Kind { A, B, C = B, D = A }", "enum Kind { A = 0, B = 2, C = 3, D = 1 }")]
    [InlineData("SMG0020", "enum Kind { A = B, B = 5 }", "enum Kind { A = 5, B }")]
    [InlineData("SMG0020", "enum Kind : byte { A = 254, B = A }", "enum Kind : byte { A = 254, B }")]

    // Both.
    [InlineData("SMG0020", "enum Kind { A = 1, B = 1, C = 5 }", "enum Kind { A = 1, B, C }")]
    [InlineData("SMG0021", "enum Kind { A = 1, B = 1, C = 5 }", "enum Kind { A = 1, B, C }")]

    // Comments and lines.
    [InlineData(
        "SMG0021",
        "enum Kind\n{\n    /// <summary>Low.</summary>\n    Low = 10, // Ten.\n    [System.Obsolete] Medium = 20, // Twenty.\n\n    // Last.\n    High = 30 // Thirty.\n}",
        "enum Kind\n{\n    /// <summary>Low.</summary>\n    Low = 10, // Ten.\n    [System.Obsolete] Medium, // Twenty.\n\n    // Last.\n    High // Thirty.\n}")]
    [InlineData(
        "SMG0021",
        "enum Kind\n{\n    High = 3 /* three */ + 4, // Seven.\n    Low = 0,\n    Medium // One.\n}",
        "enum Kind\n{\n    High = 2 /* three */, // Seven.\n    Low = 0,\n    Medium = 1 // One.\n}")]
    [InlineData("SMG0021", "enum Kind { A, B /* b */ = 7, C = // c\n 9 }", "enum Kind { A, B /* b */, C // c\n }")]
    [InlineData("SMG0021", "enum Kind\n{\n    A = 1,\n#if UNDEFINED\n    Other,\n#endif\n    B = 3,\n}", "enum Kind\n{\n    A = 1,\n#if UNDEFINED\n    Other,\n#endif\n    B,\n}")]
    public async Task It_numbers_the_members_in_the_order_of_their_values(string id, string before, string after)
    {
        using CodeFixHarness harness = new(new NumberEnumCodeFix(), before + Models);

        await harness.FixFirstAsync(id);

        Assert.Equal([after + Models], await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Theory]
    [InlineData("[SoftmaxGen.SoftmaxModel<Inner.Kind>(Features = 1)] partial class Model;")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Inner.Kind, Row>] partial class Model; struct Row { public double X; }")]
    [InlineData("[M] partial class Model; struct Row { public double X; }", "using M = SoftmaxGen.SoftmaxModelAttribute<Inner.Kind, Row>; ")]
    public async Task It_reaches_an_enum_in_another_file(string model, string usings = "")
    {
        using CodeFixHarness harness = new(
            new NumberEnumCodeFix(), usings + model, "// Another file.\nstatic class Inner { internal enum Kind { A = 1, B = 3 } internal enum Other { A, B = 2 } }");

        await harness.FixFirstAsync("SMG0021");

        Assert.Equal(
            [usings + model, "// Another file.\nstatic class Inner { internal enum Kind { A = 1, B } internal enum Other { A, B = 2 } }"],
            await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Theory]
    [InlineData(FixAllScope.Document, false)]
    [InlineData(FixAllScope.Project, true)]
    [InlineData(FixAllScope.Solution, true)]
    public async Task It_fixes_all_in_a_scope(FixAllScope scope, bool reachesOtherFiles)
    {
        string models = $"{OnEnum("One", "A")} {OnEnum("Two", "A")} {OnEnum("Three", "B")}";
        string other = OnEnum("Four", "C");
        using CodeFixHarness harness = new(new NumberEnumCodeFix(), models, other, "enum A { X, Y = 2 } enum B { X = 1, Y = 4 } enum C { X, Y = 9 }");

        await harness.FixAllAsync("SMG0021", scope);

        Assert.Equal(
            [models, other, $"enum A {{ X, Y }} enum B {{ X = 1, Y }} enum C {{ X, Y{(reachesOtherFiles ? "" : " = 9")} }}"],
            await harness.TextsAsync());
    }

    // A value more would be none of the enum, or no label.
    [Theory]
    [InlineData("enum Kind : byte { A = 255, B = 255 }")]
    [InlineData("enum Kind : sbyte { A = 127, B = A }")]
    [InlineData("enum Kind : short { A = 32766, B, C = A }")]
    [InlineData("enum Kind : ushort { A = 65535, B = 65535 }")]
    [InlineData("enum Kind : uint { A = int.MaxValue, B = int.MaxValue }")]
    [InlineData("enum Kind : long { A = long.MinValue, B = long.MinValue }")]
    public async Task Without_room_for_the_values_it_is_not_offered(string declaration) => await AssertNotOfferedAsync(declaration + Models, "SMG0020");

    [Fact]
    public async Task A_compiled_enum_is_left_alone() =>
        await AssertNotOfferedAsync("[SoftmaxGen.SoftmaxModel<System.Net.HttpStatusCode>(Features = 4)] partial class Model;", "SMG0020", "SMG0021");

    private static async Task AssertNotOfferedAsync(string source, params string[] ids)
    {
        using CodeFixHarness harness = new(new NumberEnumCodeFix(), source);
        ImmutableArray<Diagnostic> diagnostics = await harness.DiagnosticsAsync();

        foreach (string id in ids)
        {
            Assert.Empty(await harness.OffersAsync(diagnostics.Single(diagnostic => diagnostic.Id == id)));
        }
    }

    private static string OnEnum(string model, string labels) => $"[SoftmaxGen.SoftmaxModel<{labels}>(Features = 4)] partial class {model};";
}
