using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Analyzers;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Weights files, and the generator and the analyzer run with them.</summary>
internal static class WeightsFiles
{
    /// <summary>The name that <see cref="Model"/> gives its weights file.</summary>
    public const string Name = "model.softmax.json";

    /// <summary>A model with baked weights, of two classes and two features.</summary>
    public const string Model = """[SoftmaxGen.SoftmaxModel(Classes = 2, Features = 2, Weights = "model.softmax.json")] public partial class Model;""";

    /// <summary>A weights file for it, without a checksum so that tests may change it.</summary>
    public const string Text = """
        {
          "format": "softmaxgen-model",
          "version": 1,
          "classes": 2,
          "features": 2,
          "precision": "double",
          "firstLabel": 0,
          "weights": [
            [0.5, -1.25, 3e-2],
            [-0.5, 1.25, 7]
          ],
          "checksum": "none"
        }
        """;

    /// <summary>Makes the weights file of <see cref="Model"/>, in a folder.</summary>
    public static TextFile File(string text = Text) => new("/project/weights/" + Name, text);

    /// <summary>Makes a weights file with a replacement.</summary>
    public static TextFile File(string old, string replacement)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return File(Text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Runs a fresh driver with additional files and adds its files to the compilation.</summary>
    public static Compilation CompileWithModels(Settings settings, string source, params AdditionalText[] files)
    {
        GeneratorHarness.CreateDriver(settings).AddAdditionalTexts([.. files]).RunGeneratorsAndUpdateCompilation(
            GeneratorHarness.Compile(settings, source), out Compilation compilation, out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics);
        return compilation;
    }

    /// <summary>Runs the generator and takes the text of the file with the weights; null when there is none.</summary>
    public static string? Pretrained(string source, params AdditionalText[] files) =>
        CompileWithModels(Settings.Default, source, files)
            .SyntaxTrees.SingleOrDefault(static tree => tree.FilePath.EndsWith(".Pretrained.g.cs", StringComparison.Ordinal))?.ToString();

    /// <summary>Runs the analyzers with additional files.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, params AdditionalText[] files) =>
        compilation.WithAnalyzers(AnalyzerHarness.Analyzers, new AnalyzerOptions([.. files])).GetAnalyzerDiagnosticsAsync();

    /// <summary>Runs the analyzer with additional files.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source, params AdditionalText[] files) =>
        AnalyzeAsync(GeneratorHarness.Compile(source), files);
}
