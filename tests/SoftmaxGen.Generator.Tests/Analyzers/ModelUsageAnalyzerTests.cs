using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>What is reported of calls: trainings without an eye on their end, and spans of the wrong length.</summary>
public class ModelUsageAnalyzerTests
{
    private static readonly Compilation _models = GeneratorHarness.CompileWithModels(Settings.Default, Models);

    /// <summary>Gets wrong statements, the id of what is reported, and the code that the report points to.</summary>
    public static TheoryData<string, string, string> Wrong { get; } = new()
    {
        { "Iris.Train(rows, labels);", "SMG0032", "Iris.Train(rows, labels)" },
        { "using var set = Iris.CreateTrainingSet(rows, labels); SoftmaxTrainer.Train(set);", "SMG0032", "SoftmaxTrainer.Train(set)" },
        { "Iris model = Iris.Train(rows, labels).Model; _ = model;", "SMG0033", "Iris.Train(rows, labels)" },
        { "var fit = Iris.Train(rows, labels); _ = fit.Model;", "SMG0033", "Iris.Train(rows, labels)" },
        { "var fit = Iris.Train(rows, labels); System.Func<Iris> model = () => fit.Model; _ = model() == fit.Model;", "SMG0033", "Iris.Train(rows, labels)" },
        { "_ = iris.Predict([1, 2, 3]);", "SMG0034", "[1, 2, 3]" },
        { "_ = iris.Predict(new double[] { 1, 2, 3, 4, 5 });", "SMG0034", "new double[] { 1, 2, 3, 4, 5 }" },
        { "_ = iris.Predict(new double[5]);", "SMG0034", "new double[5]" },
        { "_ = iris.Predict(stackalloc double[Iris.Classes]);", "SMG0034", "stackalloc double[Iris.Classes]" },
        { "_ = iris.Predict(stackalloc[] { 1.0 });", "SMG0034", "stackalloc[] { 1.0 }" },
        { "_ = iris.Predict(rows.AsSpan(0, 3));", "SMG0034", "rows.AsSpan(0, 3)" },
        { "_ = iris.Predict(rows.AsSpan().Slice(8, 3));", "SMG0034", "rows.AsSpan().Slice(8, 3)" },
        { "double[] row = [1, 2, 3]; _ = iris.Predict(row);", "SMG0034", "row" },
        { "iris.PredictScores(rows.AsSpan(0, 4), new double[4]);", "SMG0034", "new double[4]" },
        { "Span<double> p = stackalloc double[Iris.Features]; iris.PredictProbabilities(rows.AsSpan(0, 4), p);", "SMG0034", "p" },
        { "iris.PredictBatch([1, 2, 3, 4, 5], new int[1]);", "SMG0034", "[1, 2, 3, 4, 5]" },
        { "_ = Iris.FromWeights([1, 2, 3]);", "SMG0034", "[1, 2, 3]" },
        { "double[] gradient = new double[14]; _ = Iris.LossAndGradient(new double[15], rows, labels, gradient);", "SMG0034", "gradient" },
        { "var fit = Iris.Train([1.0, 2, 3], labels); _ = fit.Converged;", "SMG0034", "[1.0, 2, 3]" },
    };

    /// <summary>Gets right statements, near the edge of being wrong.</summary>
    public static TheoryData<string> Right { get; } = new()
    {
        "_ = Iris.Train(rows, labels);",
        "var fit = Iris.Train(rows, labels); if (fit.Converged) { _ = fit.Model; }",
        "var fit = Iris.Train(rows, labels); _ = fit.StopReason; _ = fit.Model;",
        "var fit = Iris.Train(rows, labels); Look(fit); _ = fit.Model;",
        "Look(Iris.Train(rows, labels));",
        "TrainingResult<Iris> fit; fit = Iris.Train(rows, labels); Look(fit);",
        "Train(); Other.Train();",
        "_ = iris.Predict([1, 2, 3, 4]);",
        "_ = iris.Predict([.. rows]);",
        "_ = iris.Predict(rows);",
        "_ = iris.Predict(rows.AsSpan(1));",
        "_ = iris.Predict(rows.AsSpan(labels[0], labels[1]));",
        "_ = iris.Predict(new double[labels.Length]);",
        "double[] row = [1, 2, 3]; row = rows; _ = iris.Predict(row);",
        "double[] row = [1, 2, 3]; System.Array.Resize(ref row, 4); _ = iris.Predict(row);",
        "double[] row; row = [1, 2, 3]; _ = iris.Predict(row);",
        "iris.PredictBatch([1, 2, 3, 4, 5, 6, 7, 8], new int[2]);",
        "iris.PredictProbabilitiesBatch(rows, new double[30]);",
        "Span<double> p = stackalloc double[Iris.Classes]; iris.PredictProbabilities(stackalloc double[Iris.Features], p);",
        "_ = Other.Predict([1, 2, 3]);",
        "Flowers.FromWeights(new double[9]).PredictBatch([new Flower(1, 2)], new Kind[1]);",
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_mistake_is_reported_in_its_place(string statements, string id, string place)
    {
        string source = WriteUser(statements);

        Diagnostic diagnostic = Assert.Single(await AnalyzeAsync(source));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains("Iris", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [LongTheory(every: 4)]
    [MemberData(nameof(Wrong))]
    public async Task A_pragma_suppresses_the_report(string statements, string id, string place)
    {
        Assert.NotEmpty(place);
        Assert.Empty(await AnalyzeAsync(WriteUser($"\n#pragma warning disable {id}\n{statements}\n#pragma warning restore {id}\n")));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Right_code_is_not_reported(string statements) => Assert.Empty(await AnalyzeAsync(WriteUser(statements)));

    [Fact]
    public async Task A_model_of_another_assembly_has_its_lengths_too()
    {
        Compilation library = GeneratorHarness.CompileWithModels(Settings.Default, Sources.Iris);
        Compilation user = GeneratorHarness.Compile("class User { int Guess(Demo.Iris iris) => iris.Predict([1, 2]); }")
            .AddReferences(library.ToMetadataReference());

        Assert.Equal(["SMG0034"], (await AnalyzerHarness.AnalyzeAsync(user)).Select(static diagnostic => diagnostic.Id));
    }

    // As an editor does it: the file alone, not the models' generated parts over and over.
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source)
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText(source, Settings.Default.ParseOptions, path: "User.cs");
        Compilation compilation = _models.AddSyntaxTrees(file);
        SemanticModel semantics = compilation.GetSemanticModel(file);
        GeneratorHarness.AssertClean(semantics.GetDiagnostics());
        return await compilation.WithAnalyzers(AnalyzerHarness.Analyzers)
            .GetAnalyzerSemanticDiagnosticsAsync(semantics, filterSpan: null, CancellationToken.None);
    }

    /// <summary>The models of the statements.</summary>
    internal const string Models = """
        [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)]
        public sealed partial class Iris;

        public enum Kind { Small, Medium, Large }

        public readonly record struct Flower(double Length, double Width);

        [SoftmaxGen.SoftmaxModel<Kind, Flower>]
        public sealed partial class Flowers;
        """;

    /// <summary>Writes a file with statements alone.</summary>
    internal static string WriteUser(string statements) => $$"""
        using System;
        using SoftmaxGen;

        public static class Other
        {
            public static void Train() { }

            public static int Predict(ReadOnlySpan<double> features) => features.Length;
        }

        public static class User
        {
            public static void Use(Iris iris, double[] rows, int[] labels)
            {
                {{statements}}
            }

            private static void Train() { }

            private static void Look(TrainingResult<Iris> fit) => _ = fit.Converged;
        }
        """;
}
