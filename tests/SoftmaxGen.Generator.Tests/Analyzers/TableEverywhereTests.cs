using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>
/// A table in place of a span is explained wherever rows are taken, by a model or by the library; and a type of classes that is no enum in either form.
/// </summary>
public class TableEverywhereTests
{
    // Tables, and what is to be written in their place.
    private static readonly (string Table, string Advice)[] _tables =
    [
        ("jagged", "jagged.ToRowMajor()"),
        ("square", "square.AsRowMajor()"),
        ("list", "System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list)"),
        ("listOfRows", "listOfRows.ToRowMajor()"),
    ];

    private static readonly Lazy<MetadataReference> _library = new(
        static () => GeneratorHarness.CompileWithModels(Settings.Default, Sources.Iris).ToMetadataReference());

    /// <summary>Gets calls with the place of a table.</summary>
    public static TheoryData<string> Calls { get; } =
    [
        "Iris.Train({0}, labels)",
        "Iris.CreateTrainingSet({0}, labels)",
        "Iris.LossAndGradient(rows, {0}, labels, rows)",
        "Iris.FromWeights({0})",
        "iris.Predict({0})",
        "iris.PredictBatch({0}, labels)",
        "iris.PredictProbabilities({0}, rows)",
        "iris.Evaluate({0}, labels)",
        "iris.PermutationImportance({0}, labels)",
        "iris.PredictWith({0}, 0.5, 1)",
        "CrossValidation.Run<Iris, double>({0}, labels)",
        "L2Path.Run<Iris, double>({0}, labels)",
        "TemperatureScaling.Fit(iris, {0}, labels)",
        "VectorScaling.Fit(iris, {0}, labels)",
        "RocCurve.Create(iris, {0}, labels, 1)",
        "OneVersusRest.Create(iris, {0}, labels)",
        "new OnlineLearner<Iris, double>().UpdateBatch({0}, labels)",
        "new OnlineLearner<Iris, double>().Update({0}, 1)",
        "new TrainingSet<Iris, double>({0}, labels)",
        "new TrainingSet<Iris, double>(new TrainingRows<double> { Rows = {0}, Labels = labels })",
        "new TrainingSet<Iris, double>(new() { Rows = rows, Targets = {0} })",
    ];


    [LongTheory(every: 4)]
    [MemberData(nameof(Calls))]
    public async Task A_table_is_explained_whoever_takes_rows(string call)
    {
        foreach ((string name, string advice) in _tables)
        {
            string source = Write($"_ = {call.Replace("{0}", name, StringComparison.Ordinal)};");
            Compilation compilation = GeneratorHarness.Compile(source).AddReferences(_library.Value);
            Assert.Contains(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

            Diagnostic[] reported = [.. await AnalyzerHarness.AnalyzeAsync(compilation)];

            Assert.True(reported.Length == 1, $"{call} with {name}: {reported.Length} reports.");
            Assert.Equal("SMG0037", reported[0].Id);
            Assert.EndsWith($"write {advice}", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            Assert.Equal(name, source.Substring(reported[0].Location.SourceSpan.Start, reported[0].Location.SourceSpan.Length));

            // And what it says compiles; some members return nothing.
            bool isVoid = call.Contains("PredictBatch", StringComparison.Ordinal) || call.Contains("Probabilities", StringComparison.Ordinal);
            string mended = Write($"{(isVoid ? "" : "_ = ")}{call.Replace("{0}", advice, StringComparison.Ordinal)};");
            Assert.DoesNotContain(
                GeneratorHarness.Compile(mended).AddReferences(_library.Value).GetDiagnostics(), static one => one.Severity == DiagnosticSeverity.Error);
        }
    }

    [Theory]
    [InlineData("[SoftmaxModel<string>(Classes = 2, Features = 3)]", "string")]
    [InlineData("[SoftmaxModel<int>(Classes = 2, Features = 3)]", "int")]
    [InlineData("[SoftmaxModel<string, Mail>]", "string")]
    [InlineData("[SoftmaxModel<string, Mail>(Classes = 2)]", "string")]
    [InlineData("[SoftmaxModel<Mail, Mail>]", "Mail")]
    [InlineData("[SoftmaxModel<bool, Mail>]", "bool")]
    public async Task A_type_of_classes_that_is_no_enum_is_explained(string attribute, string type)
    {
        string source = $$"""
            using SoftmaxGen;
            public class Mail { public double Length { get; set; } public double Links { get; set; } }
            {{attribute}}
            public sealed partial class SpamModel { }
            """;

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(GeneratorHarness.Compile(source)));

        Assert.Equal("SMG0035", diagnostic.Id);
        Assert.StartsWith($"'{type}' cannot be the classes of 'SpamModel'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_not_what_is_wrong_with_the_constructor_of_a_model()
    {
        // In one project with the model, whose constructor is found, and is private.
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, Sources.Iris, Write("_ = new Iris(square);"));

        Assert.Equal("SMG0036", Assert.Single(await AnalyzerHarness.AnalyzeAsync(compilation)).Id);
    }

    private static string Write(string statement) => $$"""
        using System;
        using System.Collections.Generic;
        using Demo;
        using SoftmaxGen;

        public class Program
        {
            public void Run(Iris iris, double[] rows, int[] labels, double[][] jagged, double[,] square, List<double> list, List<double[]> listOfRows)
            {
                {{statement}}
            }
        }
        """;
}
