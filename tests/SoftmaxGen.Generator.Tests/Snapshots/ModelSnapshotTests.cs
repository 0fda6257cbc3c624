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

    private static void AssertMatches(string arguments, string test, string hintName)
    {
        ImmutableArray<GeneratedSourceResult> files = GeneratorHarness.Generate(Sources.WithArguments(arguments));
        string text = files.Single(file => file.HintName == hintName).SourceText.ToString();
        Snapshot.AssertMatches(text, $"{test}.{hintName[..^".g.cs".Length]}");
    }
}
