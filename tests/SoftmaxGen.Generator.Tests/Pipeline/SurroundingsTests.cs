using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>What surrounds a model in a project: aliases of references, types of the same name, other settings, statements outside of any type.</summary>
public class SurroundingsTests
{
    private const string Types = "namespace Lib { public enum Kind { A, B } public class Row { public double X; } }";
    private const string Model = "[SoftmaxGen.SoftmaxModel<lib::Lib.Kind, lib::Lib.Row>] public partial class Model { }";

    [LongTheory(every: 3)]
    [InlineData("lib", "", "SMG0023")]
    [InlineData("lib", "namespace Lib { public enum Kind { X, Y, Z } public class Row { public double Z; } }", "SMG0023")]
    [InlineData("lib,global", "namespace Lib { public enum Kind { X, Y, Z } public class Row { public double Z; } }", "SMG0023")]
    [InlineData("global,lib", "", null)]
    public async Task Types_behind_an_alias_are_refused_unless_their_full_names_lead_to_them(string aliases, string own, string? id)
    {
        Compilation compilation = GeneratorHarness.Compile($"extern alias lib; {Model} {own}")
            .AddReferences(Emit(Types, "Types").WithAliases(aliases.Split(',')));

        ImmutableArray<Diagnostic> diagnostics = await AnalyzerHarness.AnalyzeAsync(compilation);
        ImmutableArray<GeneratedSourceResult> generated = GeneratorHarness.Run(compilation).GeneratedSources;

        if (id is null)
        {
            Assert.Empty(diagnostics);
            AssertNoErrors(compilation);
        }
        else
        {
            Assert.Equal([id, id], diagnostics.Select(static diagnostic => diagnostic.Id));
            Assert.All(diagnostics,
                static diagnostic => Assert.Contains("an alias without global", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            Assert.Empty(generated);
        }
    }

    [Theory]
    [InlineData("sg", false)]
    [InlineData("global,sg", true)]
    public async Task The_library_behind_an_alias_is_refused_unless_it_is_global_too(string aliases, bool isAllowed)
    {
        CSharpCompilation plain = GeneratorHarness.Compile(
            "extern alias sg; [sg::SoftmaxGen.SoftmaxModel(Classes = 2, Features = 1)] public partial class Model { }");
        MetadataReference library = plain.References.Single(static reference => reference.Display!.EndsWith("SoftmaxGen.dll", StringComparison.Ordinal));
        Compilation compilation = plain.ReplaceReference(library, library.WithAliases(aliases.Split(',')));

        Assert.Equal(isAllowed ? [] : ["SMG0023"], (await AnalyzerHarness.AnalyzeAsync(compilation)).Select(static diagnostic => diagnostic.Id));
        Assert.Equal(isAllowed, !GeneratorHarness.Run(compilation).GeneratedSources.IsEmpty);
    }

    [Theory]
    [InlineData("[assembly: System.CLSCompliant(true)] [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)] public partial class Model { }")]
    [InlineData("[assembly: System.CLSCompliant(true)] public enum Kind { A, B } public class Row { public double X { get; set; } } [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Model { }")]
    public void Assemblies_that_promise_to_be_compliant_get_no_warnings_in_generated_code(string source) => AssertNoWarnings(GeneratorHarness.Compile(source));

    // Tests that see the internals of what they test, and compile one of its files once more.
    [Theory]
    [InlineData("namespace Lib { public enum Kind { A, B } public class Row { public double X; } [SoftmaxGen.SoftmaxModel<System.DayOfWeek>(Features = 2)] public partial class Model { } }")]
    [InlineData("namespace Lib { [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)] public partial class Model { } }")]
    public void A_reference_may_have_a_type_of_the_models_name(string source) =>
        AssertNoWarnings(GeneratorHarness.Compile(source).AddReferences(Emit("namespace Lib { public class Model { } public class Row { } }", "Other")));

    [Fact]
    public async Task A_model_may_lie_in_the_program_of_statements_outside_of_any_type()
    {
        const string source =
            "System.Console.WriteLine(1); partial class Program { [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)] public partial class Model { } }";
        CSharpCompilation compilation = GeneratorHarness.Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));

        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(compilation));
        AssertNoErrors(compilation);
    }

    [Theory]
    [InlineData("public class @var { } [M] public partial class Model { }", "var")]
    [InlineData("public struct nint { } [M] public partial class Model { }", "nint")]
    [InlineData("namespace A { public class nuint { } namespace B { [M] public partial class Model { } } }", "nuint")]
    [InlineData("[M] public partial class Model { private class @var { } }", "var")]
    [InlineData("[M] public partial class Model<@var> { }", "var")]
    [InlineData("public partial class Outer<nint> { [M] public partial class Model { } }", "nint")]
    [InlineData("public class Base { protected class @var { } } [M] public partial class Model : Base { }", "var")]
    [InlineData("global using @var = A; public class A { } [M] public partial class Model { }", "var")]
    public async Task Words_of_generated_code_that_mean_a_type_are_refused(string source, string word)
    {
        source = source.Replace("[M]", "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)]", StringComparison.Ordinal);

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal("SMG0048", diagnostic.Id);
        Assert.Contains($"'{word}'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(GeneratorHarness.Generate(source));
    }

    [LongTheory(every: 3)]
    [InlineData("public class @var<T> { } namespace A { public class nint { } } [M] public partial class Model { }")]
    [InlineData("namespace @var { public class A { } } [M] public partial class Model { public int @nint; void nuint() { } }")]
    [InlineData("public class @dynamic { } public class @record { } public class _ { } public class @await { } [M] public partial class Model { private int _; private int field; }")]
    public async Task Other_words_are_free(string source)
    {
        source = source.Replace("[M]", "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)]", StringComparison.Ordinal);

        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));
        AssertNoErrors(GeneratorHarness.Compile(source));
    }

    private static PortableExecutableReference Emit(string source, string name)
    {
        using MemoryStream image = new();
        Assert.True(GeneratorHarness.Compile(source).WithAssemblyName(name).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static void AssertNoErrors(Compilation compilation) => AssertNothing(compilation, DiagnosticSeverity.Error);

    private static void AssertNoWarnings(Compilation compilation) => AssertNothing(compilation, DiagnosticSeverity.Warning);

    private static void AssertNothing(Compilation compilation, DiagnosticSeverity severity)
    {
        GeneratorHarness.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        SyntaxTree[] generated = [.. complete.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))];
        Assert.NotEmpty(generated);

        // Of promises about the whole assembly the compiler speaks when it has seen all of it.
        Assert.Empty(complete.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= severity && generated.Contains(diagnostic.Location.SourceTree)));
    }
}
