using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>A model's own overloads of generated methods: generated code calls what is generated, however well they would fit.</summary>
public class OverloadTests
{
    private const string Types = """
        public enum Kind { A, B, C }
        public enum Narrow : byte { A = 1, B = 5, C = 9 }
        public class Row { public double X; [SoftmaxGen.Label] public Kind L; }
        public struct Plain { public double X; [SoftmaxGen.Label] public int L; }

        """;

    private static readonly SymbolDisplayFormat _parameter = SymbolDisplayFormat.FullyQualifiedFormat
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    [LongTheory(every: 4)]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 2, Features = 2, Precision = SoftmaxGen.SoftmaxPrecision.Single)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Features = 2, Labels = new[] { 5, -1, 3 })]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2, ClassNames = new[] { \"a\", \"b\", \"c\" })]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2, Weights = \"model.json\")]")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Kind>(Features = 2)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Narrow>(Features = 2)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Kind, Row>]")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Narrow, Plain>(Precision = SoftmaxGen.SoftmaxPrecision.Single)]")]
    public void Generated_code_calls_its_own_members(string attribute)
    {
        string model = $"{Types}{attribute} public partial class Model;\n";
        TextFile weights = new("model.json", """
            { "format": "softmaxgen-model", "version": 1, "classes": 3, "features": 2, "precision": "double", "firstLabel": 0, "weights": [[0, 1, 2], [0, 2, 1], [0, 0, 0]], "checksum": "none" }
            """);
        Compilation plain = WeightsFiles.CompileWithModels(Settings.Default, model, weights);
        string accepted = string.Join('\n', Accepted(plain, [.. Methods(plain).SelectMany(Overloads).Distinct()]));

        Compilation compilation = WeightsFiles.CompileWithModels(Settings.Default, $"{model}public partial class Model\n{{\n{accepted}\n}}", weights);

        Assert.True(accepted.Split('\n').Length > 20, accepted);
        foreach (SyntaxTree tree in Generated(compilation))
        {
            SemanticModel semantics = compilation.GetSemanticModel(tree);
            Assert.Empty(semantics.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
            Assert.All(
                tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call => semantics.GetSymbolInfo(call).Symbol),
                static method => Assert.False(
                    method is null || method.DeclaringSyntaxReferences.Any(static part => part.SyntaxTree.FilePath == "File0.cs"), $"{method} is called"));
        }
    }

    [Fact]
    public async Task An_overload_with_a_priority_is_refused()
    {
        const string source = """
            [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)]
            public partial class Model
            {
                [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
                public int Predict(System.ReadOnlySpan<double> features, bool really = true) => really ? Predict(features) : 0;
            }
            """;

        Assert.Equal("SMG0009", Assert.Single(await AnalyzerHarness.AnalyzeAsync(source)).Id);
        Assert.Empty(GeneratorHarness.Generate(source));
    }

    private static IEnumerable<SyntaxTree> Generated(Compilation compilation) => compilation.SyntaxTrees.Where(static tree =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) && !tree.FilePath.Contains("Kernels", StringComparison.Ordinal));

    private static IEnumerable<IMethodSymbol> Methods(Compilation compilation) => compilation.GetTypeByMetadataName("Model")!.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(static method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public });

    // Of each method those that fit better for some arguments: spans that can be written to, arrays, no optional parameters, any type at all.
    private static IEnumerable<string> Overloads(IMethodSymbol method)
    {
        string head = $"public {(method.IsStatic ? "static " : "")}{method.ReturnType.ToDisplayString(_parameter)} {method.Name}";
        string[] all = [.. method.Parameters.Select(static parameter => parameter.ToDisplayString(_parameter))];
        int required = method.Parameters.Count(static parameter => !parameter.IsOptional);
        for (int length = required; length <= all.Length; length++)
        {
            string[] parameters = all[..length];
            yield return Overload("", parameters);
            yield return Overload("<T>", [.. parameters.Select(static parameter => parameter.Replace("<double>", "<T>", StringComparison.Ordinal))]);
            yield return Overload("", [.. parameters.Select(static parameter => parameter.Replace("global::System.ReadOnlySpan<", "global::System.Span<", StringComparison.Ordinal))]);
            yield return Overload("", [.. parameters.Select(Array)]);
            yield return Overload("", [.. parameters.Take(1), .. parameters.Skip(1).Select(Array)]);
            yield return Overload(
                "", [.. parameters.Select(static parameter => parameter.StartsWith("in ", StringComparison.Ordinal) ? parameter[3..] : parameter)]);
        }

        string Overload(string generics, string[] parameters) =>
            $"    {head}{generics}({string.Join(", ", parameters)}) => throw new System.NotSupportedException();";
    }

    private static string Array(string parameter) => parameter.StartsWith("global::System.ReadOnlySpan<", StringComparison.Ordinal)
        ? parameter["global::System.ReadOnlySpan<".Length..].Replace("> ", "[] ", StringComparison.Ordinal)
        : parameter;

    // Those that may stand beside the generated members and beside one another: a clash is reported where the later one is.
    private static IEnumerable<string> Accepted(Compilation compilation, string[] overloads)
    {
        SyntaxTree[] trees =
        [
            .. overloads.Select(static overload =>
                CSharpSyntaxTree.ParseText($"#nullable enable\npublic partial class Model {{ {overload} }}", Settings.Default.ParseOptions)),
        ];
        HashSet<SyntaxTree> clashing = [.. compilation.AddSyntaxTrees(trees).GetDeclarationDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.Location.SourceTree!)];
        return overloads.Where((_, index) => !clashing.Contains(trees[index]));
    }
}
