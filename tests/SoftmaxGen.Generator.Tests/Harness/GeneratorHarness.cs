using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Runs the generator on compilations in memory.</summary>
internal static class GeneratorHarness
{
    // Compilations that are made of one share what it knows of the framework; without it each reads the framework's metadata anew.
    private static readonly ConcurrentDictionary<Settings, CSharpCompilation> _empty = new();

    /// <summary>Makes a compilation of one file for each source text.</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(Settings.Default, sources);

    /// <summary>Makes a compilation with given settings.</summary>
    public static CSharpCompilation Compile(Settings settings, params string[] sources) =>
        _empty.GetOrAdd(settings, static settings => CSharpCompilation.Create("User", references: References.All, options: settings.CompilationOptions))
            .AddSyntaxTrees([.. sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, settings.ParseOptions, path: $"File{index}.cs"))]);

    /// <summary>Makes a fresh driver that keeps the reasons of its steps.</summary>
    public static GeneratorDriver CreateDriver(Settings? settings = null) => CSharpGeneratorDriver.Create(
        [new SoftmaxModelGenerator().AsSourceGenerator()],
        parseOptions: (settings ?? Settings.Default).ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs a fresh driver.</summary>
    public static GeneratorRunResult Run(Compilation compilation) =>
        CreateDriver().RunGenerators(compilation).GetRunResult().Results.Single();

    /// <summary>Runs a fresh driver on sources and takes the files it writes.</summary>
    public static ImmutableArray<GeneratedSourceResult> Generate(params string[] sources)
    {
        GeneratorRunResult result = Run(Compile(sources));
        Assert.Null(result.Exception);
        return result.GeneratedSources;
    }

    /// <summary>Runs a fresh driver and adds its files to the compilation.</summary>
    public static Compilation CompileWithModels(Settings settings, params string[] sources)
    {
        CreateDriver(settings).RunGeneratorsAndUpdateCompilation(
            Compile(settings, sources), out Compilation compilation, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return compilation;
    }

    /// <summary>Asserts that a compilation has nothing to complain about, warnings included.</summary>
    public static void AssertClean(Compilation compilation) => AssertClean(compilation.GetDiagnostics());

    /// <summary>Asserts that there is nothing to complain about, warnings included.</summary>
    public static void AssertClean(ImmutableArray<Diagnostic> diagnostics) =>
        Assert.Empty(diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
}
