using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Snapshots;

/// <summary>A model whose generated files are snapshots, with the kernels of one vector width.</summary>
/// <param name="Bits">The vector width.</param>
/// <param name="Files">The names of the files, without their ending.</param>
/// <param name="Source">The declaration.</param>
internal sealed partial record SnapshotModel(int Bits, string[] Files, string Source)
{
    /// <summary>Gets the file that the weights are baked from, if there is one.</summary>
    public TextFile? Weights { get; init; }

    private AdditionalText[] AdditionalTexts => Weights is null ? [] : [Weights];

    /// <summary>Generates a file.</summary>
    /// <param name="hintName">The name of the file.</param>
    /// <returns>Its text without the kernels of the other widths.</returns>
    public string Generate(string hintName)
    {
        GeneratorDriver driver = GeneratorHarness.CreateDriver().AddAdditionalTexts([.. AdditionalTexts]).RunGenerators(GeneratorHarness.Compile(Source));
        GeneratedSourceResult file = driver.GetRunResult().Results.Single().GeneratedSources.Single(generated => generated.HintName == hintName);
        return string.Concat(Namespaces().Split(file.SourceText.ToString()).Where(IsShown));
    }

    /// <summary>Compiles the model with all that is generated for it.</summary>
    public Compilation Compile() => WeightsFiles.CompileWithModels(Settings.Default, Source, AdditionalTexts);

    private bool IsShown(string part) => Kernels().Match(part) is not { Success: true } kernels
        || kernels.Groups["bits"].Value is var bits && (bits.Length == 0 || bits == $"{Bits}");

    // A file may have a namespace for the driver and for each width; what comes before the first is the head of the file.
    [GeneratedRegex(@"^(?=namespace \S+\n)", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"struct SoftmaxKernels(?<bits>\d*)\n")]
    private static partial Regex Kernels();
}
