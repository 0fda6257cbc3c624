using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Snapshots;

/// <summary>The generated files of a small and a larger model, whole: every change of the emitters shows here as a difference.</summary>
public class ModelSnapshotTests
{
    [Theory]
    [InlineData("Model.g.cs")]
    [InlineData("Model.Kernels.g.cs")]
    [InlineData("Model.Curvature.g.cs")]
    public void Model_3x4(string hintName) => AssertMatches("Classes = 3, Features = 4", nameof(Model_3x4), hintName);

    [Theory]
    [InlineData("Model.g.cs")]
    [InlineData("Model.Kernels.g.cs")]
    [InlineData("Model.Curvature.g.cs")]
    public void Model_10x64(string hintName) => AssertMatches("Classes = 10, Features = 64", nameof(Model_10x64), hintName);

    [Theory]
    [InlineData("Model.g.cs")]
    [InlineData("Model.Pretrained.g.cs")]
    public void Sparse_10x12(string hintName)
    {
        // Features 3, 6, 9 and 12 have weights, the last one in the first class alone.
        IEnumerable<string> rows = Enumerable.Range(0, 10).Select(static j =>
            $"[{j}, {string.Join(", ", Enumerable.Range(1, 12).Select(k => k % 3 == 0 && (k < 12 || j == 0) ? $"{j - k}.5" : "0"))}]");
        TextFile file = WeightsFiles.File($$"""
            {
              "format": "softmaxgen-model", "version": 1, "classes": 10, "features": 12, "precision": "double", "firstLabel": 0,
              "weights": [{{string.Join(", ", rows)}}], "checksum": "none"
            }
            """);
        string source = Sources.WithArguments($"Classes = 10, Features = 12, Weights = \"{WeightsFiles.Name}\"");

        GeneratorDriver driver = GeneratorHarness.CreateDriver().AddAdditionalTexts([file]).RunGenerators(GeneratorHarness.Compile(source));

        string text = driver.GetRunResult().Results.Single().GeneratedSources.Single(generated => generated.HintName == hintName).SourceText.ToString();
        Snapshot.AssertMatches(text, $"{nameof(Sparse_10x12)}.{hintName[..^".g.cs".Length]}");
    }

    private static void AssertMatches(string arguments, string test, string hintName)
    {
        ImmutableArray<GeneratedSourceResult> files = GeneratorHarness.Generate(Sources.WithArguments(arguments));
        string text = files.Single(file => file.HintName == hintName).SourceText.ToString();
        Snapshot.AssertMatches(text, $"{test}.{hintName[..^".g.cs".Length]}");
    }
}
