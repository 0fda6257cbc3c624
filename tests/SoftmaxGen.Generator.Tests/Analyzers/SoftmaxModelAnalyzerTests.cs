using System.Globalization;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>What the analyzer reports, where, and that the generator declines exactly that.</summary>
public class SoftmaxModelAnalyzerTests
{
    private const string Shape = "Classes = 3, Features = 4";

    /// <summary>Gets wrong code, the id of what is reported, and the source that the report points to.</summary>
    public static TheoryData<string, string, string> Wrong { get; } = new()
    {
        { Declare("class Model;"), "SMG0001", "Model" },
        { Declare("sealed class @class;"), "SMG0001", "@class" },
        { "partial class Model; " + Declare("class Model;"), "SMG0001", "Model" },
        { $"class Outer {{ {Declare("partial class Model;")} }}", "SMG0002", "Model" },
        { $"partial class A {{ struct B {{ partial class C {{ {Declare("partial class Model;")} }} }} }}", "SMG0002", "Model" },
        { Declare("partial struct Model;"), "SMG0003", "Model" },
        { Declare("readonly ref partial struct Model;"), "SMG0003", "Model" },
        { Declare("partial record Model;"), "SMG0003", "Model" },
        { Declare("partial record struct Model(int X);"), "SMG0003", "Model" },
        { Declare("static partial class Model;"), "SMG0003", "Model" },
        { Declare("static class Model;"), "SMG0003", "Model" },
        { Declare("abstract partial class Model;"), "SMG0003", "Model" },
        { "abstract partial class Model; " + Declare("partial class Model;"), "SMG0003", "Model" },
        { Declare("file partial class Model;"), "SMG0003", "Model" },
        { $"file partial class Outer {{ {Declare("partial class Model;")} }}", "SMG0003", "Model" },
        { Sources.WithArguments("Features = 4"), "SMG0004", "SoftmaxGen.SoftmaxModel(Features = 4)" },
        { Sources.WithArguments("Features = 4, Classes = 1"), "SMG0004", "Classes = 1" },
        { Sources.WithArguments("Features = 4, Classes = -1"), "SMG0004", "Classes = -1" },
        { Sources.WithArguments("Classes = 4097, Features = 4"), "SMG0004", "Classes = 4097" },
        { Sources.WithArguments("Classes = 4"), "SMG0005", "SoftmaxGen.SoftmaxModel(Classes = 4)" },
        { Sources.WithArguments("Classes = 4, Features = 0"), "SMG0005", "Features = 0" },
        { Sources.WithArguments("Classes = 2, Features = 65537"), "SMG0005", "Features = 65537" },
        { Sources.WithArguments(Shape + ", FirstLabel = int.MaxValue - 1"), "SMG0006", "FirstLabel = int.MaxValue - 1" },
        { Sources.WithArguments("Classes = 256, Features = 65536"), "SMG0007", "Features = 65536" },
        { Sources.WithArguments(Shape + ", Labels = new[] { -1, 1 }"), "SMG0029", "Labels = new[] { -1, 1 }" },
        { Sources.WithArguments("Features = 4, Labels = new[] { 1, 2, 1 }"), "SMG0029", "Labels = new[] { 1, 2, 1 }" },
        { Sources.WithArguments("Features = 4, Labels = new[] { 1, 2 }, FirstLabel = 1"), "SMG0029", "Labels = new[] { 1, 2 }" },
        { Sources.WithArguments("Features = 4, Labels = new[] { 1 }"), "SMG0004", "SoftmaxGen.SoftmaxModel(Features = 4, Labels = new[] { 1 })" },
        { Declare("partial class Model { public int Weights; }"), "SMG0009", "Weights" },
        { Declare("partial class Model { public int Shape => 1; }"), "SMG0009", "Shape" },
        { Declare("partial class Model { void Features() { } }"), "SMG0009", "Features" },
        { Declare("partial class Model { class Predict; }"), "SMG0009", "Predict" },
        { "partial class Model { event System.Action? Train; } " + Declare("partial class Model;"), "SMG0009", "Train" },
        { Declare("partial class Model<Weights>;"), "SMG0009", "Model" },
        { Declare("partial class Features;"), "SMG0009", "Features" },
        { "class Base { protected int Weights; } " + Declare("partial class Model : Base;"), "SMG0009", "Model" },
        { "class Base { public void Predict() { } } class Middle : Base; " + Declare("partial class Model : Middle;"), "SMG0009", "Model" },
        { Declare("partial class Model { public Model() { } }"), "SMG0010", "Model" },
        { Declare("partial class Model { private Model(int x) => _ = x; }"), "SMG0010", "Model" },
        { Declare("partial class Model(int x) { int X => x; }"), "SMG0010", "Model" },
        { "class Base { public Base(int x) => _ = x; } " + Declare("partial class Model : Base;"), "SMG0030", "Model" },
        { "class Base<T> { private Base() { } } " + Declare("partial class Model : Base<int>;"), "SMG0030", "Model" },
        { Declare("partial class Model { public required int Answer { get; init; } }"), "SMG0031", "Answer" },
        { Declare("partial class Model { public required string Answer; }"), "SMG0031", "Answer" },
        { "class Base { public required int Answer { get; init; } } " + Declare("partial class Model : Base;"), "SMG0031", "Model" },
        { Sources.WithArguments(Shape + ", Precision = (SoftmaxGen.SoftmaxPrecision)2"), "SMG0011", "Precision = (SoftmaxGen.SoftmaxPrecision)2" },
        { Sources.WithArguments(Shape + ", Precision = (SoftmaxGen.SoftmaxPrecision)(-1)"), "SMG0011", "Precision = (SoftmaxGen.SoftmaxPrecision)(-1)" },
        { Sources.WithArguments(Shape + ", MaxStackBytes = 32767"), "SMG0012", "MaxStackBytes = 32767" },
        { Sources.WithArguments(Shape + ", MaxStackBytes = 1048577"), "SMG0012", "MaxStackBytes = 1048577" },
        { Sources.WithArguments(Shape + ", MaxStackBytes = 0"), "SMG0012", "MaxStackBytes = 0" },
        { Declare("partial class Model { int Load => 1; }"), "SMG0009", "Load" },
        { Sources.WithArguments(Shape + ", AcceptFingerprint = \"\""), "SMG0040", "AcceptFingerprint = \"\"" },
        { Sources.WithArguments(Shape + ", AcceptFingerprint = \"0123456789ABCDEF\""), "SMG0040", "AcceptFingerprint = \"0123456789ABCDEF\"" },
    };

    /// <summary>Gets wrong code alone.</summary>
    public static TheoryData<string> WrongSources { get; } = [.. Wrong.Select(static row => (string)row[0])];

    /// <summary>Gets right code, near the edge of being wrong.</summary>
    public static TheoryData<string> Right { get; } = new()
    {
        Declare("partial class Model;"),
        Declare("public sealed partial class Model<T> where T : struct;"),
        $"partial class A<T> {{ partial record B {{ partial interface C {{ {Declare("partial class Model;")} }} }} }}",
        Declare("partial class Model { static Model() { } int Predict(string s) => s.Length; string Name => \"model\"; }"),
        "class Base { private int Weights() => 1; protected int weights; } " + Declare("partial class Model : Base;"),
        "class Base { protected Base(int x = 1, params string[] y) { } internal Base(string s) { } } " + Declare("partial class Model : Base;"),
        $"partial class Base {{ private Base() {{ }} {Declare("partial class Model : Base;")} }}",
        $"partial class Base<T> {{ private Base() {{ }} {Declare("partial class Model : Base<int>;")} }}",
        Declare("partial class Model { public int Required { get; init; } }"),
        Sources.WithArguments("Classes = 2, Features = 1"),
        Sources.WithArguments("Classes = 10, Features = 68"),
        Sources.WithArguments("Classes = 10, Features = 69, MaxStackBytes = 66112"),
        Sources.WithArguments("Classes = 3000, Features = 1, MaxStackBytes = 1048576"),
        Sources.WithArguments(Shape + ", MaxStackBytes = 32768"),
        Sources.WithArguments(Shape + ", FirstLabel = int.MaxValue - 2"),
        Sources.WithArguments(Shape + ", Labels = new[] { int.MaxValue, 0, int.MinValue }"),
        Sources.WithArguments("Features = 4, Labels = new[] { int.MaxValue - 1, int.MaxValue }"),
        Sources.WithArguments(Shape + ", Labels = new int[0], FirstLabel = 1"),
        Sources.WithArguments(Shape + ", FirstLabel = int.MinValue, Precision = SoftmaxGen.SoftmaxPrecision.Single"),
        Sources.WithArguments(Shape + ", Precision = (SoftmaxGen.SoftmaxPrecision)1"),
        Sources.WithArguments(Shape + ", AcceptFingerprint = null"),
        Sources.WithArguments(Shape + ", AcceptFingerprint = \" 0123456789abcdef ,ffffffffffffffff\""),
        Declare("partial class Model { static int Load(int i) => i; }"),
        "class Classes; [System.Obsolete] class Other { public Other(int Weights) { } }",
        "[SoftmaxModel(Classes = 0)] class Model; class SoftmaxModelAttribute : System.Attribute { public int Classes; }",
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_code_is_reported_in_its_place(string source, string id, string place)
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.DoesNotContain("{", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongSources))]
    public void The_generator_declines_wrong_code(string source) => Assert.Empty(GeneratorHarness.Generate(source));

    [LongTheory(every: 5)]
    [MemberData(nameof(Wrong))]
    public async Task A_pragma_around_the_line_suppresses_the_report(string source, string id, string place)
    {
        source = source.Replace(place, $"\n#pragma warning disable {id}\n{place}\n#pragma warning restore {id}\n", StringComparison.Ordinal);

        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Right_code_is_not_reported(string source) => Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));

    [Theory]
    [MemberData(nameof(Right))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task Right_code_is_not_reported_with_its_generated_part(string source)
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, source);

        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(compilation));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp10)]
    public async Task A_low_language_version_is_reported(LanguageVersion version)
    {
        Settings settings = Settings.Default with { LanguageVersion = version };
        string source = Declare("partial class Model { }");

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source, settings));

        Assert.Equal("SMG0008", diagnostic.Id);
        Assert.Contains(version.ToDisplayString(), diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Single(GeneratorHarness.CompileWithModels(settings, source).SyntaxTrees);
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync("#pragma warning disable SMG0008\n" + source, settings));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.LatestMajor)]
    [InlineData(LanguageVersion.Default)]
    [InlineData(LanguageVersion.Preview)]
    public async Task A_sufficient_language_version_is_not_reported(LanguageVersion version) =>
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(Declare("partial class Model { }"), Settings.Default with { LanguageVersion = version }));

    [Fact]
    public async Task Every_broken_rule_is_reported()
    {
        const string source = "class A { class B { [SoftmaxGen.SoftmaxModel(Classes = 1, Precision = (SoftmaxGen.SoftmaxPrecision)9)] class Model { Model() { } int Shape; int Train; } } }";

        ImmutableArray<Diagnostic> diagnostics = await AnalyzerHarness.AnalyzeAsync(source);

        Assert.Equal(
            ["SMG0001", "SMG0002", "SMG0002", "SMG0004", "SMG0005", "SMG0009", "SMG0009", "SMG0010", "SMG0011"],
            diagnostics.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_type_in_two_parts_is_reported_on_the_part_with_the_attribute()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile("class Model;", Declare("partial class Model;"));

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(compilation));

        Assert.Equal("File1.cs", diagnostic.Location.SourceTree!.FilePath);
    }

    [Fact]
    public async Task A_model_cannot_derive_from_a_model()
    {
        string source = Declare("partial class Parent;") + Declare("partial class Model : Parent;");

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal("SMG0030", diagnostic.Id);
        Assert.All(GeneratorHarness.Generate(source), static file => Assert.StartsWith("Parent.", file.HintName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_marked_as_generated_is_analyzed_as_it_is_generated_from()
    {
        Assert.Single(await AnalyzerHarness.AnalyzeAsync("// <auto-generated/>\n" + Declare("class Model;")));
        Assert.NotEmpty(GeneratorHarness.Generate("// <auto-generated/>\n" + Declare("partial class Model;")));
    }

    [Theory]
    [InlineData("Classes = , Features = 4")]
    [InlineData("Classes = Undefined, Features = 4")]
    [InlineData("3, 4")]
    public async Task An_attribute_that_does_not_compile_is_left_to_the_compiler(string arguments)
    {
        string source = Sources.WithArguments(arguments);

        Assert.Contains(GeneratorHarness.Compile(source).GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));
    }

    private static string Declare(string declaration) => $"[SoftmaxGen.SoftmaxModel({Shape})] {declaration}";
}
