using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Readme;

/// <summary>The C# in <c>README.md</c>: what it tells a reader to write works. What the page on kernels shows as generated is generated.</summary>
public partial class ReadmeTests
{
    // What a new project imports without being told.
    private const string ImplicitUsings = """
        global using System;
        global using System.IO;
        global using System.Linq;
        global using System.Collections.Generic;
        """;

    public static TheoryData<string> Examples => [.. CodeOf(CSharpBlock().Matches(Text("README.md")))];

    public static TheoryData<string> GeneratedPieces => [.. CodeOf(GeneratedBlock().Matches(Text("docs/kernels.md")))];

    [Theory]
    [MemberData(nameof(Examples))]
    public Task An_example_compiles(string code) => AnalyzerHarness.AssertCleanAsync(Compile(code));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_its_comments_say(string code)
    {
        using var assembly = new LoadedAssembly(Compile(code));

        IEnumerable<string> expected = PrintingLine().Matches(code).Select(static line => line.Groups["output"].Value);
        Assert.Equal(expected, ConsoleProgram.Run(assembly).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [MemberData(nameof(GeneratedPieces))]
    public void A_generated_piece_is_generated(string piece)
    {
        IEnumerable<string> files = GeneratorHarness.Generate(Sources.Iris).Select(static file => file.SourceText.ToString());

        Assert.Contains(files, file => WithoutIndentation(file).Contains(WithoutIndentation(piece), StringComparison.Ordinal));
    }

    // The examples are whole programs.
    private static Compilation Compile(string code)
    {
        Compilation library = GeneratorHarness.CompileWithModels(Settings.Default, SampleData.Place(code), ImplicitUsings);
        return library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication));
    }

    private static string Text(string page) => File.ReadAllText(Path.Combine(SourceTree.Root, page)).ReplaceLineEndings("\n");

    private static IEnumerable<string> CodeOf(MatchCollection blocks) => blocks.Select(static block => block.Groups["code"].Value);

    private static string WithoutIndentation(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim()));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("<!-- generated -->\n```cs\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GeneratedBlock();

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (?<output>.*)")]
    private static partial Regex PrintingLine();
}
