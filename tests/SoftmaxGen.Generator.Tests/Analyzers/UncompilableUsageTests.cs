using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>What is reported of calls that do not compile, beside the compiler's own error: what to write instead.</summary>
public class UncompilableUsageTests
{
    // The model comes compiled, once for all cases.
    private static readonly Lazy<MetadataReference> _library = new(
        static () => GeneratorHarness.CompileWithModels(Settings.Default, Sources.Iris).ToMetadataReference());

    /// <summary>Gets statements, the id of what is reported, the code that the report points to, and a part of the message.</summary>
    public static TheoryData<string, string, string, string> Wrong { get; } = new()
    {
        { "_ = new Iris();", "SMG0036", "new Iris()", "'Iris' cannot be made by new" },
        { "Iris other = new(new double[3, 5]);", "SMG0036", "new(new double[3, 5])", "by Load, from weights by FromWeights" },
        { "double[][] table = [rows]; _ = Iris.Train(table, labels);", "SMG0037", "table", "and no double[][]; write table.ToRowMajor()" },
        { "double[,] table = { { 1, 2, 3, 4 } }; _ = Iris.CreateTrainingSet(table, labels);", "SMG0037", "table", "'Iris.CreateTrainingSet' takes" },
        { "double[,] table = { { 1, 2, 3, 4 } }; _ = iris.Predict(table);", "SMG0037", "table", "and no double[,]; write table.AsRowMajor()" },
        { "List<double> list = []; _ = iris.Predict(list);", "SMG0037", "list", "write System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list)" },
        { "List<double[]> list = []; _ = Iris.Train(list, labels, new TrainingOptions());", "SMG0037", "list", "write list.ToRowMajor()" },
        { "List<int> list = []; _ = Iris.Train(rows, list);", "SMG0037", "list", "no List<int>;" },
    };

    /// <summary>Gets statements that are not for these analyzers to explain, or that compile.</summary>
    public static TheoryData<string> Others { get; } = new()
    {
        "double[][] table = [rows]; _ = Other.Missing(table); _ = new Missing(table); _ = rows.Missing(table); _ = new Program(table);",
        "_ = Iris.Train(rows, \"labels\");",
        "double[,] table = { { 1, 2, 3, 4 } }; _ = Math.Abs(table);",
        "double[][] table = [rows]; double[,] square = { { 1, 2, 3, 4 } }; _ = Iris.Train(table.ToRowMajor(), labels); _ = iris.Predict(square.AsRowMajor());",
    };

    [LongTheory(every: 3)]
    [MemberData(nameof(Wrong))]
    public async Task A_mistake_is_explained_in_its_place(string statements, string id, string place, string message)
    {
        string source = Write(statements);
        Compilation compilation = GeneratorHarness.Compile(source).AddReferences(_library.Value);
        Assert.Contains(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(compilation));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Other_mistakes_are_the_compilers_to_explain(string statements) =>
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(GeneratorHarness.Compile(Write(statements)).AddReferences(_library.Value)));

    private static string Write(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using Demo;
        using SoftmaxGen;

        public class Program
        {
            public void Run(Iris iris, double[] rows, int[] labels)
            {
                {{statements}}
            }
        }
        """;
}
